'use client';

import { CircleCheck, CircleHelp, DoorClosed, House, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { countDoors, type DoorCount } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { HomeTime, UnderClocks } from '../time/times-of';
import { Badge } from '../ui/badge';
import { EmptyState } from '../ui/empty-state';
import { countText, type Reach, reachOf } from './count-text';
import { DoorCard } from './door-card';

const slowly = 5_000;

function AllDoors({ count, reach }: { count: DoorCount; reach: Reach }) {
  const text = useText();
  const [Icon, tone] =
    count.notLocked > 0
      ? ([TriangleAlert, 'text-notice'] as const)
      : count.unknown > 0 || reach.isOld
        ? ([CircleHelp, 'text-unknown'] as const)
        : ([CircleCheck, 'text-calm'] as const);
  return (
    <p role="status" className="flex items-center gap-2 text-lg">
      <Icon aria-hidden className={`size-5 shrink-0 ${tone}`} />
      {countText(count, reach, text)}
    </p>
  );
}

interface DoorGroup {
  homeId: number;
  homeName: string;
  doors: DoorView[];
}

/** Doors by home, in the order they come. */
export function groupByHome(doors: readonly DoorView[]): DoorGroup[] {
  const groups = new Map<number, DoorGroup>();
  for (const door of doors) {
    const group = groups.get(door.homeId);
    if (group === undefined)
      groups.set(door.homeId, { homeId: door.homeId, homeName: door.homeName, doors: [door] });
    else group.doors.push(door);
  }
  return [...groups.values()];
}

interface DoorGroupsProps {
  doors: readonly DoorView[];
  /** Nothing is heard of them now. */
  isOld?: boolean;
  /** Stands below the doors. */
  children?: ReactNode;
  /** What can be done with all doors of one home. */
  homeAction?: (home: DoorGroup) => ReactNode;
}

/** Doors grouped by home, with the line on all of them. */
export function DoorGroups({ doors, isOld = false, children, homeAction }: DoorGroupsProps) {
  const text = useText();
  const now = useNow(slowly);
  return (
    <div className="flex flex-col gap-8">
      <AllDoors count={countDoors(doors, now)} reach={reachOf(doors, isOld)} />
      {groupByHome(doors).map(({ homeId, homeName, doors: ofHome }) => (
        <section key={homeId} aria-labelledby={`home-${homeId}`} className="flex flex-col gap-3">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h2
              id={`home-${homeId}`}
              className="flex items-center gap-2 text-base font-semibold text-ink-soft"
            >
              <House aria-hidden className="size-4.5" />
              {homeName}
            </h2>
            {ofHome[0]?.role === 'guest' ? <Badge tone="plain">{text('doors.role.guest')}</Badge> : null}
            <HomeTime zone={ofHome[0]?.timezone} />
            {homeAction === undefined ? null : (
              <div className="ml-auto">{homeAction({ homeId, homeName, doors: ofHome })}</div>
            )}
          </div>
          <UnderClocks zone={ofHome[0]?.timezone}>
            <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
              {ofHome.map((door) => (
                <li key={door.lockId} className="*:h-full">
                  <DoorCard door={door} now={now} />
                </li>
              ))}
            </ul>
          </UnderClocks>
        </section>
      ))}
      {children}
    </div>
  );
}

/** What to do while there is no door. */
export function NoDoors() {
  const text = useText();
  return <EmptyState icon={DoorClosed} title={text('doors.none.title')} text={text('doors.none.text')} />;
}
