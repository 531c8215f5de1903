import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { StaffBoard } from '@/components/support/staff-board';
import { listAccounts } from '@/server/services/staff/list-accounts';
import { listStaffProjects } from '@/server/services/staff/list-projects';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('support.staff.title') };
}

export default async function StaffPage() {
  const principal = await requireStaff('/support/staff', 'admin');
  const runtime = await getRuntime();
  const [{ items }, projects] = await Promise.all([
    listAccounts(runtime, { principal, via: 'page' }),
    listStaffProjects(runtime, principal),
  ]);
  return (
    <AreaTexts of={['account']}>
      <StaffBoard
        initial={items}
        projects={projects}
        viewer={{ accountId: principal.accountId, worksForAll: principal.projects === 'all' }}
      />
    </AreaTexts>
  );
}
