import type { Metadata } from 'next';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { PinBoard } from '@/components/pin/pin-board';
import { listPins } from '@/server/services/lock-pins/list-pins';
import { loadDoor } from '../../load-door';
import { loadPart } from '../part';

interface PinsPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: PinsPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([loadDoor((await params).lockId), requestMessages()]);
  return { title: `${text('door.tab.pins')}, ${name}` };
}

/** The PIN codes of this door. */
export default async function PinsPage({ params }: PinsPageProps) {
  const { door, data } = await loadPart((await params).lockId, 'pins', (deps, caller, { lockId }) =>
    listPins(deps, caller, { params: { id: lockId }, query: undefined, body: undefined }),
  );
  return (
    <AreaTexts of={['access', 'pin']}>
      <PinBoard
        key={door.lockId}
        lockId={door.lockId}
        homeId={door.homeId}
        cursor={door.cursor}
        initial={data}
        now={Date.now()}
      />
    </AreaTexts>
  );
}
