'use client';

import type { DoorView } from '@/server/contracts/locks';
import { describe } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { Notice } from '../ui/notice';
import { BatteryBadge, ConditionBadge, ContactBadge, ReachLine } from './door-facts';
import { DrawnLock } from './drawn-lock';
import { figureOf } from './lock-figure';

/** The door as it stands: drawn, in words, and with what that means. `now`: the service's time. */
export function DoorStage({ door, now }: { door: DoorView; now: number }) {
  const text = useText();
  const description = describe(door, now);
  const { condition, lastKnownBolt } = description;
  const level = door.battery?.level ?? 'ok';
  return (
    <div className="flex flex-col">
      <div className="grid place-items-center overflow-hidden bg-[var(--lock-stage)] px-4 pt-6">
        <DrawnLock
          figure={figureOf(description)}
          className="h-auto w-full max-w-56 sm:max-w-72 lg:max-w-96"
        />
      </div>
      <div className="flex flex-col gap-3 border-t border-line px-4 py-4 sm:px-6">
        <div role="status" className="flex flex-wrap items-center gap-2">
          <span className="sr-only">{door.name}: </span>
          <ConditionBadge description={description} />
          <ContactBadge description={description} />
          <BatteryBadge door={door} always />
        </div>
        <p className="text-[0.9375rem] text-pretty text-ink-soft">
          {text(`condition.${condition}.more`)}
          {lastKnownBolt === undefined ? null : (
            <> {text('condition.lastKnown', { state: text(`condition.${lastKnownBolt}`) })}.</>
          )}
        </p>
        <p className="text-sm text-ink-faint">
          <ReachLine door={door} zone={door.timezone} />
        </p>
        {level === 'ok' ? null : (
          <Notice tone={level === 'critical' ? 'alarm' : 'notice'}>{text(`battery.advice.${level}`)}</Notice>
        )}
      </div>
    </div>
  );
}
