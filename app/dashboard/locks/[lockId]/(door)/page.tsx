import { Users } from 'lucide-react';
import type { Metadata } from 'next';
import { requireUser } from '@/app/signed-in';
import { LatencyLine } from '@/components/access/latency';
import { Activity } from '@/components/lock/activity';
import { ActivityFrame } from '@/components/lock/activity-frame';
import { requestMessages } from '@/components/messages/request';
import { EmptyState } from '@/components/ui/empty-state';
import { loadDoor, loadLatency, loadOpenings } from '../load-door';

interface DoorPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: DoorPageProps): Promise<Metadata> {
  const { name, homeName } = await loadDoor((await params).lockId);
  return { title: `${name}, ${homeName}` };
}

/** Below the door: who opened it. */
export default async function DoorPage({ params }: DoorPageProps) {
  const { lockId } = await params;
  const door = await loadDoor(lockId);
  const { userId } = await requireUser(`/dashboard/locks/${door.lockId}`);
  const [{ text }, openings, latency] = await Promise.all([
    requestMessages(),
    loadOpenings(lockId),
    loadLatency(lockId),
  ]);
  return (
    <>
      <ActivityFrame text={text}>
        {openings === null ? (
          <EmptyState
            icon={Users}
            level={3}
            title={text('activity.hidden.title')}
            text={text('activity.hidden.text')}
          />
        ) : (
          <Activity
            key={door.lockId}
            lockId={door.lockId}
            initial={openings}
            now={Date.now()}
            zone={door.timezone}
            userId={userId}
          />
        )}
      </ActivityFrame>
      {latency === null ? null : <LatencyLine latency={latency} text={text} />}
    </>
  );
}
