'use client';

import { DoorClosed } from 'lucide-react';
import { useId } from 'react';
import type { LockCondition, OpenTime } from '@/server/contracts/lock-history';
import { ContactBadge } from '../lock/door-facts';
import { usePreferences, useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { clockTime, partsOf } from '../time/format';
import { Moment, useMomentText } from '../time/moment';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { lengthText } from './length-text';

const slowly = 15_000;

interface DoorSectionProps {
  condition: LockCondition;
  zone: string;
}

function sameDay(one: number, other: number, zone: string): boolean {
  const [first, second] = [partsOf(one, zone), partsOf(other, zone)];
  return first.day === second.day && first.month === second.month && first.year === second.year;
}

function Row({ time, zone, now }: { time: OpenTime; zone: string; now: number }) {
  const text = useText();
  const momentOf = useMomentText(zone);
  const { hourCycle } = usePreferences();
  const { from, until, isUnsure } = time;
  // An end on the same day needs no date of its own.
  const endOf = (end: string) =>
    sameDay(Date.parse(from), Date.parse(end), zone)
      ? clockTime(Date.parse(end), zone, { text, hourCycle })
      : momentOf(end);
  const endedAt = until === undefined ? now : Date.parse(until);
  return (
    <li className="flex items-start justify-between gap-4 px-4 py-3 sm:px-6">
      <div className="min-w-0">
        <p className="font-medium">
          <Moment at={from} zone={zone} />
        </p>
        <p className="text-sm text-pretty text-ink-soft">
          {until === undefined
            ? text('history.door.open')
            : text('history.door.until', { when: endOf(until) })}
          {isUnsure ? `. ${text('history.door.unsure')}` : null}
        </p>
      </div>
      <p className="shrink-0 font-medium tabular-nums">{lengthText(endedAt - Date.parse(from), text)}</p>
    </li>
  );
}

/** How the door stands, and the times that it stood open. */
export function DoorSection({ condition, zone }: DoorSectionProps) {
  const text = useText();
  const title = useId();
  const momentOf = useMomentText(zone);
  const now = useNow(slowly);
  const { door } = condition;
  const lasted = ({ from, until }: OpenTime) =>
    lengthText((until === undefined ? now : Date.parse(until)) - Date.parse(from), text);
  const days = Math.round((Date.parse(condition.to) - Date.parse(condition.from)) / 86_400_000);
  const isSilent = door.count === 0 && door.now === 'unknown';
  return (
    <Card>
      <section aria-labelledby={title}>
        <div className="flex flex-col gap-4 p-4 sm:p-6">
          <div>
            <h2 id={title} className="text-xl font-semibold">
              {text('history.door')}
            </h2>
            <p className="text-sm text-pretty text-ink-soft">{text('history.door.lead', { days })}</p>
          </div>
          {isSilent ? null : (
            <div role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <ContactBadge description={{ contact: door.now }} />
              <span className="text-sm text-ink-soft">
                {door.since === undefined ? null : text('history.door.since', { when: momentOf(door.since) })}
              </span>
            </div>
          )}
          {door.count === 0 ? null : (
            <dl className="grid grid-cols-2 gap-4">
              <div>
                <dt className="text-sm text-ink-soft">{text('history.door.count')}</dt>
                <dd className="text-lg font-medium tabular-nums">{door.count}</dd>
              </div>
              {door.longest === undefined ? null : (
                <div>
                  <dt className="text-sm text-ink-soft">{text('history.door.longest')}</dt>
                  <dd className="text-lg font-medium tabular-nums">{lasted(door.longest)}</dd>
                  <dd className="text-sm text-ink-soft">
                    <Moment at={door.longest.from} zone={zone} />
                  </dd>
                </div>
              )}
            </dl>
          )}
        </div>
        {door.count === 0 ? (
          <EmptyState
            icon={DoorClosed}
            level={3}
            title={text(isSilent ? 'history.door.noContact.title' : 'history.door.none.title')}
            text={text(isSilent ? 'history.door.noContact.text' : 'history.door.none.text')}
          />
        ) : (
          <>
            <ol aria-label={text('history.door.list')} className="divide-y divide-line border-t border-line">
              {door.newest.map((time) => (
                <Row key={time.from} time={time} zone={zone} now={now} />
              ))}
            </ol>
            {door.count > door.newest.length ? (
              <p className="border-t border-line px-4 py-3 text-sm text-ink-soft sm:px-6">
                {text('history.door.newest', { count: door.newest.length })}
              </p>
            ) : null}
          </>
        )}
      </section>
    </Card>
  );
}
