'use client';

import { ChevronRight } from 'lucide-react';
import type { DoorView } from '@/server/contracts/locks';
import { describe, phaseOf } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { cardClass } from '../ui/card';
import { Link } from '../ui/link';
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
    <p className="break-words">
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
        'relative flex min-h-36 overflow-hidden transition-colors duration-100 hover:border-line-strong',
      )}
    >
      <div className="relative w-28 shrink-0 bg-[var(--lock-stage)] sm:w-36">
        <DrawnLock figure={figureOf(description)} view="close" className="absolute inset-0 size-full" />
      </div>
      <div className="flex min-w-0 flex-1 flex-col gap-2.5 border-l border-line p-4">
        <h3 className="text-lg leading-snug font-semibold">
          <Link
            href={`/dashboard/locks/${door.lockId}`}
            className="flex min-w-0 items-start justify-between gap-2 after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-focus"
          >
            <span className="min-w-0 break-words">{door.name}</span>
            <span className="sr-only">, {text(`condition.${description.condition}`)}</span>
            <ChevronRight aria-hidden className="mt-0.5 ml-auto size-5 shrink-0 text-ink-faint" />
          </Link>
        </h3>
        <div className="flex flex-wrap gap-1.5">
          <ConditionBadge description={description} />
          {description.contact === 'closed' ? null : <ContactBadge description={description} />}
          <BatteryBadge door={door} />
        </div>
        <div className="mt-auto min-h-10 text-sm text-pretty text-ink-soft">
          <p>
            <ReachLine door={door} zone={door.timezone} />
          </p>
          <LastOpening door={door} now={now} />
        </div>
      </div>
    </article>
  );
}
