'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { DoorView } from '@/server/contracts/locks';
import { describe, phaseOf } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { cardClass } from '../ui/card';
import { BatteryBadge, ConditionBadge, ContactBadge, ReachLine } from './door-facts';
import { DrawnLock } from './drawn-lock';
import { figureOf } from './lock-figure';

/** What became of the newest opening, in one line. */
function LastOpening({ door, now }: { door: DoorView; now: number }) {
  const text = useText();
  const momentOf = useMomentText(door.timezone);
  const { opening } = door;
  if (opening === undefined) return null;
  const phase = phaseOf(opening, now);
  const what =
    phase === 'confirmed'
      ? text('doors.lastOpened', { who: opening.who.name })
      : `${opening.who.name}: ${text(`outcome.${phase}`)}`;
  return (
    <p className="truncate">
      {what}, {momentOf(opening.createdAt)}
    </p>
  );
}

/** A door in the list of all: drawn, in words, and the way to its page. */
export function DoorCard({ door, now }: { door: DoorView; now: number }) {
  const text = useText();
  const description = describe(door, now);
  return (
    <article
      className={cardClass(
        'group relative flex overflow-hidden transition-colors duration-100 hover:border-line-strong',
      )}
    >
      <div className="grid w-28 shrink-0 place-items-end bg-[var(--lock-stage)] pt-4 pl-3 sm:w-32">
        <DrawnLock figure={figureOf(description)} className="h-auto w-full" />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-2 border-l border-line p-4">
        <h3 className="flex items-start justify-between gap-2 text-lg leading-snug font-semibold">
          <Link
            href={`/dashboard/locks/${door.lockId}`}
            className="min-w-0 break-words after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-focus"
          >
            {door.name}
            <span className="sr-only">, {text(`condition.${description.condition}`)}</span>
          </Link>
          <ChevronRight aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-faint" />
        </h3>
        <div className="flex flex-wrap gap-1.5">
          <ConditionBadge description={description} />
          <ContactBadge description={description} />
          <BatteryBadge door={door} />
        </div>
        <div className="mt-auto min-h-10 text-sm text-ink-soft">
          <p className="truncate">
            <ReachLine door={door} zone={door.timezone} />
          </p>
          <LastOpening door={door} now={now} />
        </div>
      </div>
    </article>
  );
}
