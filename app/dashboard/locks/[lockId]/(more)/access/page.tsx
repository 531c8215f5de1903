import type { Metadata } from 'next';
import { AccessBoard } from '@/components/access/access-board';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { whoCanOpen } from '@/server/services/access/who-can-open';
import { loadDoor } from '../../load-door';
import { loadPart } from '../part';

interface AccessPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: AccessPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([loadDoor((await params).lockId), requestMessages()]);
  return { title: `${text('door.tab.access')}, ${name}` };
}

/** Who can open this door, and why. */
export default async function AccessPage({ params }: AccessPageProps) {
  const { door, userId, data } = await loadPart((await params).lockId, 'access', (deps, caller, { lockId }) =>
    whoCanOpen(deps, caller, { params: { id: lockId }, query: {}, body: undefined }),
  );
  return (
    <AreaTexts of={['access']}>
      <AccessBoard
        key={door.lockId}
        lockId={door.lockId}
        homeId={door.homeId}
        cursor={door.cursor}
        isOwner={door.role === 'owner'}
        userId={userId}
        initial={data}
        now={Date.now()}
      />
    </AreaTexts>
  );
}
