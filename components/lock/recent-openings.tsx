'use client';

import type { OpeningView } from '@/server/contracts/locks';
import { phaseOf } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { Moment } from '../time/moment';

interface RecentOpeningsProps {
  items: readonly { opening: OpeningView; doorName: string; homeName: string; timezone?: string }[];
  /** Names the home beside the door, where there are several. */
  withHome: boolean;
}

/** The newest openings in words, a line each. */
export function RecentOpenings({ items, withHome }: RecentOpeningsProps) {
  const text = useText();
  const now = useNow(5_000);
  return (
    <ol className="divide-y divide-line">
      {items.map(({ opening, doorName, homeName, timezone }) => (
        <li
          key={opening.id}
          className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-3 text-[0.9375rem]"
        >
          <span className="min-w-0 break-words">
            <span className="font-medium">{opening.who.name}</span>:{' '}
            {text(`outcome.${phaseOf(opening, now)}`)}, {withHome ? `${doorName}, ${homeName}` : doorName}
          </span>
          <span className="text-sm text-ink-soft">
            <Moment at={opening.createdAt} zone={timezone} />
          </span>
        </li>
      ))}
    </ol>
  );
}
