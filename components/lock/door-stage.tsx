'use client';

import { lazy, Suspense } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { type DoorDescription, describe, isLeafOpen } from '@/server/domain/lock/predicates';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { patiently } from '../ui/patiently';
import { BatteryBadge, ConditionBadge, ContactBadge, ReachLine } from './door-facts';
import { DrawnLock } from './drawn-lock';
import { figureOf } from './lock-figure';

/** Loaded only by doors that need it, as their other notes are. */
const BatteryNote = lazy(() =>
  patiently(async () => ({ default: (await import('./door-notes')).BatteryNote })),
);

type Meaning = Extract<MessageKey, `condition.${string}.more`>;

function meaningOf({ condition, contact }: DoorDescription): Meaning {
  if (contact === 'forced') return 'condition.forced.more';
  if (condition === 'locked' && isLeafOpen(contact)) return 'condition.lockedOpen.more';
  return `condition.${condition}.more`;
}

/** The door as it stands: drawn, in words, and with what that means. `now`: the service's time. */
export function DoorStage({ door, now }: { door: DoorView; now: number }) {
  const text = useText();
  const description = describe(door, now);
  const { lastKnownBolt } = description;
  const level = door.battery?.level ?? 'ok';
  return (
    <div className="grid grid-cols-[42%_minmax(0,1fr)] sm:flex sm:flex-col">
      <div className="grid items-end overflow-hidden bg-[var(--lock-stage)] sm:place-items-center sm:px-4 sm:pt-6">
        <DrawnLock figure={figureOf(description)} className="size-full sm:h-auto sm:max-w-72 lg:max-w-96" />
      </div>
      <div className="flex min-h-[16.5rem] flex-col justify-center gap-2.5 border-l border-line p-4 sm:min-h-0 sm:justify-start sm:gap-3 sm:border-t sm:border-l-0 sm:px-6">
        <div role="status" className="flex flex-wrap items-center gap-2">
          <span className="sr-only">{door.name}: </span>
          <ConditionBadge description={description} />
          <ContactBadge description={description} />
          <BatteryBadge door={door} always />
        </div>
        <p className="text-[0.9375rem] text-pretty text-ink-soft">
          {text(meaningOf(description))}
          {lastKnownBolt === undefined ? null : (
            <> {text('condition.lastKnown', { state: text(`condition.${lastKnownBolt}`) })}.</>
          )}
        </p>
        <p className="min-h-10 text-sm text-ink-faint sm:min-h-5">
          <ReachLine door={door} zone={door.timezone} />
        </p>
        {level === 'ok' ? null : (
          <Suspense>
            <BatteryNote level={level} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
