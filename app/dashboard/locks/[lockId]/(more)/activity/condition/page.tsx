import type { Metadata } from 'next';
import { ActivityParts } from '@/components/condition/activity-parts';
import { ConditionBoard } from '@/components/condition/condition-board';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { getLockCondition } from '@/server/services/locks/get-condition';
import { loadDoor } from '../../../load-door';
import { loadPart } from '../../part';

interface ConditionPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: ConditionPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([loadDoor((await params).lockId), requestMessages()]);
  return { title: text('history.titleOf', { place: name }) };
}

/** How the battery of a lock went and when its door stood open, for those who live here. */
export default async function ConditionPage({ params }: ConditionPageProps) {
  const [{ text }, { door, data }] = await Promise.all([
    requestMessages(),
    loadPart((await params).lockId, 'activity/condition', (deps, caller, { lockId }) =>
      getLockCondition(deps, caller, { params: { id: lockId } }),
    ),
  ]);
  return (
    <AreaTexts of={['history', 'chart']}>
      <ActivityParts lockId={door.lockId} current="condition" text={text} />
      <ConditionBoard
        key={door.lockId}
        homeId={door.homeId}
        cursor={door.cursor}
        initial={data}
        now={Date.now()}
        zone={door.timezone}
      />
    </AreaTexts>
  );
}
