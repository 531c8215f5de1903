'use client';

import type { LockCondition } from '@/server/contracts/lock-history';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';
import { useSentOffsets, useViewerZone } from '../time/clock';
import { BatterySection } from './battery-section';
import { DoorSection } from './door-section';

interface ConditionBoardProps {
  homeId: number;
  cursor: string;
  initial: LockCondition;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  zone: string | undefined;
}

/** How battery and door of a lock went, live. */
export function ConditionBoard({ homeId, cursor, initial, now, zone }: ConditionBoardProps) {
  const viewerZone = useViewerZone();
  useSentOffsets(zone);
  const shownZone = zone ?? viewerZone ?? 'UTC';
  const { lockId } = initial;
  const { data } = useHomeData<LockCondition>({
    homeId,
    cursor,
    queryKey: ['lock-condition', lockId],
    load: (signal) => api('locks.condition', { params: { id: lockId } }, { signal }),
    initial,
    madeAt: now,
    onMessage: ({ topic, payload }) =>
      topic === 'door' && (payload as { lockId?: number } | null)?.lockId === lockId,
  });
  const condition = data ?? initial;
  return (
    <div className="flex flex-col gap-6">
      <BatterySection condition={condition} zone={shownZone} />
      <DoorSection condition={condition} zone={shownZone} />
    </div>
  );
}
