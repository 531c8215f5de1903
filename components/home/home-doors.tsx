'use client';

import { DoorClosed } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { countDoors } from '@/server/domain/lock/predicates';
import { countText, reachOf } from '../lock/count-text';
import { DoorCard } from '../lock/door-card';
import { useDoors } from '../lock/use-doors';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { HomeTime, UnderClocks } from '../time/times-of';
import { EmptyState } from '../ui/empty-state';

interface HomeDoorsProps {
  homeId: number;
  isGuest: boolean;
  /** Doors of all homes of the viewer, as the list that is kept live. */
  initial: DoorView[];
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  /** For a tablet on the wall. */
  isLarge?: boolean;
  children?: ReactNode;
}

/** The doors of one home, live, with the line on all of them. */
export function HomeDoors({ homeId, isGuest, initial, now, isLarge = false, children }: HomeDoorsProps) {
  const text = useText();
  const clock = useNow(5_000);
  const { doors: all, isOld } = useDoors(initial, now);
  const doors = all.filter((door) => door.homeId === homeId);
  return (
    <section aria-labelledby="doors" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="doors" className={isLarge ? 'sr-only' : 'text-xl font-semibold'}>
            {text('home.doors')}
          </h2>
          {doors.length === 0 ? null : (
            <p role="status" className={isLarge ? 'text-2xl' : 'text-ink-soft'}>
              {countText(countDoors(doors, clock), reachOf(doors, isOld), text)}
            </p>
          )}
          <HomeTime zone={doors[0]?.timezone} />
        </div>
        {children}
      </div>
      {doors.length === 0 ? (
        <EmptyState
          icon={DoorClosed}
          level={3}
          title={text(isGuest ? 'home.doors.guestNone.title' : 'home.noDoors')}
          text={text(isGuest ? 'home.doors.guestNone.text' : 'home.doors.none.text')}
        />
      ) : (
        <UnderClocks zone={doors[0]?.timezone}>
          <ul
            className={
              isLarge
                ? 'grid grid-cols-1 gap-6 lg:grid-cols-2 lg:[&_article]:min-h-64 lg:[&_h3]:text-2xl'
                : 'grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3'
            }
          >
            {doors.map((door) => (
              <li key={door.lockId} className="*:h-full">
                <DoorCard door={door} now={clock} />
              </li>
            ))}
          </ul>
        </UnderClocks>
      )}
    </section>
  );
}
