'use client';

import { ChevronRight, TriangleAlert } from 'lucide-react';
import type { Home } from '@/server/contracts/homes';
import type { DoorView } from '@/server/contracts/locks';
import { countDoors, describe } from '@/server/domain/lock/predicates';
import { countText, reachOf } from '../lock/count-text';
import { useDoors } from '../lock/use-doors';
import { usePreferences, useText } from '../messages/provider';
import { useNow, useSentOffsets } from '../time/clock';
import { clockTime } from '../time/format';
import { Badge } from '../ui/badge';
import { cardClass } from '../ui/card';
import { Link } from '../ui/link';

export interface ListedHome extends Home {
  role: 'owner' | 'member' | 'guest';
  cursor: string;
}

interface HomeCardProps {
  home: ListedHome;
  doors: readonly DoorView[];
  /** Nothing is heard of the doors now. */
  isOld: boolean;
  now: number;
}

function HomeCard({ home, doors, isOld, now }: HomeCardProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  useSentOffsets(home.timezone);
  const troubled = doors.filter((door) => {
    const { tone } = describe(door, now);
    return tone === 'alarm' || tone === 'unknown' || door.battery?.level === 'critical';
  }).length;
  const doorLine =
    doors.length === 0
      ? text('home.noDoors')
      : countText(countDoors(doors, now), reachOf(doors, isOld), text);
  return (
    <article className={cardClass('relative flex h-full flex-col gap-3 p-5 hover:border-line-strong')}>
      <h2 className="text-lg leading-snug font-semibold">
        <Link
          href={`/dashboard/homes/${home.id}`}
          className="flex items-start justify-between gap-2 after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-focus"
        >
          <span className="min-w-0 break-words">{home.name}</span>
          <ChevronRight aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-faint" />
        </Link>
      </h2>
      <div className="flex flex-wrap gap-1.5">
        <Badge tone="plain">{text(`member.role.${home.role}`)}</Badge>
        {home.deactivated === true ? <Badge tone="alarm">{text('home.deactivated')}</Badge> : null}
        {troubled === 0 ? null : (
          <Badge tone="notice" icon={TriangleAlert}>
            {text(troubled === 1 ? 'home.attention.one' : 'home.attention.other', { count: troubled })}
          </Badge>
        )}
      </div>
      <p className="mt-auto text-[0.9375rem] text-pretty">{doorLine}</p>
      <p className="text-sm text-ink-soft">
        {home.timezone === undefined
          ? text('home.noZone')
          : text('doors.homeTime', { time: clockTime(now, home.timezone, { text, hourCycle }) })}
      </p>
    </article>
  );
}

/** The homes of the viewer, with their doors in one line each, live. `now`: the service's time of the first paint. */
export function HomesList({
  homes,
  doors,
  now,
}: {
  homes: readonly ListedHome[];
  doors: DoorView[];
  now: number;
}) {
  const { doors: all, isOld } = useDoors(doors, now);
  const clock = useNow(15_000);
  return (
    <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
      {homes.map((home) => (
        <li key={home.id}>
          <HomeCard
            home={home}
            doors={all.filter(({ homeId }) => homeId === home.id)}
            isOld={isOld}
            now={clock}
          />
        </li>
      ))}
    </ul>
  );
}
