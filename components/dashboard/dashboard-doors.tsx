'use client';

import type { DoorView } from '@/server/contracts/locks';
import { DoorGroups, NoDoors } from '../lock/doors-overview';
import { useDoors } from '../lock/use-doors';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { Notice } from '../ui/notice';
import { attentionOf } from './attention';
import { AttentionList } from './attention-list';
import { SweepButton } from './sweep-button';

interface DashboardDoorsProps {
  initial: DoorView[];
  homes: Parameters<typeof attentionOf>[1];
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
}

/** The one-glance answer, the doors of all homes, then what needs attention, live. */
export function DashboardDoors({ initial, homes, now }: DashboardDoorsProps) {
  const text = useText();
  const clock = useNow(5_000);
  const { doors, isError, isOld } = useDoors(initial, now);
  const attention = <AttentionList items={attentionOf(doors, homes, clock)} />;
  return (
    <>
      {isError ? (
        <Notice tone="notice" role="alert" title={text('doors.failed.title')}>
          {text('live.lost')}
        </Notice>
      ) : null}
      {doors.length === 0 ? (
        <>
          {attention}
          <NoDoors />
        </>
      ) : (
        <DoorGroups
          doors={doors}
          isOld={isOld}
          homeAction={(home) => <SweepButton homeName={home.homeName} doors={home.doors} />}
        >
          {attention}
        </DoorGroups>
      )}
    </>
  );
}
