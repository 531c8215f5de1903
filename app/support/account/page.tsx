import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { OwnAccountBoard } from '@/components/support/own-account-board';
import { showOwnAccount } from '@/server/services/staff/show-own-account';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('support.own.title') };
}

/** How a member of staff signs in, and where the account is signed in now. */
export default async function OwnAccountPage() {
  const principal = await requireStaff('/support/account');
  return (
    <AreaTexts of={['account']}>
      <OwnAccountBoard initial={await showOwnAccount(await getRuntime(), { principal })} />
    </AreaTexts>
  );
}
