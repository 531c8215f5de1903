import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { LiveRefresh } from '@/components/home/live-refresh';
import { MembersPage } from '@/components/member/members-page';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { listDoors } from '@/server/services/locks/list-doors';
import { listMemberships } from '@/server/services/members/list-memberships';
import { mayInvite } from '@/server/services/members/may-invite';
import { loadHome } from '../load-home';

interface MembersProps {
  params: Promise<{ homeId: string }>;
}

export async function generateMetadata({ params }: MembersProps): Promise<Metadata> {
  const [{ text }, home] = await Promise.all([
    requestMessages(),
    loadHome((await params).homeId, '/members'),
  ]);
  return { title: `${text('member.title')}, ${home.name}` };
}

export default async function Members({ params }: MembersProps) {
  const home = await loadHome((await params).homeId, '/members');
  if (home.role === 'guest') notFound();
  const { principal, userId } = await requireUser(`/dashboard/homes/${home.id}/members`);
  const runtime = await getRuntime();
  const [initial, { items }, invitesBy] = await Promise.all([
    listMemberships(
      runtime,
      { principal, via: 'page' },
      { params: { homeId: home.id }, query: undefined, body: undefined },
    ),
    listDoors(runtime, { principal }),
    mayInvite(runtime, principal, home.id),
  ]);
  const doors = items
    .filter(({ homeId }) => homeId === home.id)
    .map(({ lockId, name }) => ({ lockId, name }));
  return (
    <AreaTexts of={['member', 'access']}>
      <LiveRefresh homes={[{ homeId: home.id, cursor: home.cursor }]} topics={['home']} />
      <MembersPage
        home={{
          id: home.id,
          name: home.name,
          role: home.role,
          cursor: home.cursor,
          zone: home.timezone ?? 'UTC',
        }}
        initial={initial}
        doors={doors}
        now={Date.now()}
        userId={userId}
        invitesBy={invitesBy}
      />
    </AreaTexts>
  );
}
