'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { AccessLine } from '@/server/contracts/access';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { useHomeData } from '../hooks/use-home-data';
import { useReloadAt } from '../hooks/use-reload-at';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { useMomentText } from '../time/moment';
import { buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import { ErrorNotice } from '../ui/error-notice';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { countOpeners, groupLines, keyOf, whoDiffers } from './group-lines';
import { fromLocalText, toLocalText } from './local-moment';
import { PersonRow, type RowOptions, ThingRow } from './opener-rows';
import { TimePicker } from './time-picker';

const EndDialog = later(async () => (await import('./end-dialog')).EndDialog);

type Answer = AnswerOf<'locks.whoCanOpen'>;
const settleMs = 200;

interface AccessBoardProps {
  lockId: number;
  homeId: number;
  cursor: string;
  isOwner: boolean;
  userId: number;
  initial: Answer;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
}

/** The value once it has not changed for a moment: a slider that is drawn asks once, not at every step. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** What the chosen moment changes, in one or two sentences that are read out. */
function useSummary(now: readonly AccessLine[], shown: Answer, isNow: boolean): string {
  const text = useText();
  const momentOf = useMomentText(shown.timezone);
  const count = countOpeners(shown.items);
  const all = groupLines(shown.items);
  const total = all.people.length + all.links.length + all.pins.length + all.organisation.length;
  if (isNow) return text('access.summary.now', { count, total });
  const { more, fewer } = whoDiffers(now, shown.items);
  const names = text('access.window.dayNames').split(' ');
  const day = (new Date(`${toLocalText(shown.at, shown.timezone).slice(0, 10)}T00:00Z`).getUTCDay() + 6) % 7;
  const parts = [
    text('access.summary.then', { day: names[day] ?? '', when: momentOf(shown.at), count, total }),
  ];
  if (more.length > 0) parts.push(text('access.summary.more', { names: more.join(', ') }));
  if (fewer.length > 0) parts.push(text('access.summary.fewer', { names: fewer.join(', ') }));
  if (more.length + fewer.length === 0) parts.push(text('access.summary.same'));
  return parts.join(' ');
}

/** When the first of these lines becomes another one by the clock alone, epoch milliseconds. */
function nextChangeOf(lines: readonly AccessLine[]): number | undefined {
  const moments = lines.flatMap(({ until, next }) => [until, next].filter((at) => at !== undefined));
  return moments.length === 0 ? undefined : Math.min(...moments.map((at) => Date.parse(at)));
}

/** Who can open a door and why: now, live, or at any moment that is asked for. */
export function AccessBoard({ lockId, homeId, cursor, isOwner, userId, initial, now }: AccessBoardProps) {
  const text = useText();
  const [local, setLocal] = useState<string>();
  const [ending, setEnding] = useState<AccessLine>();
  const clock = useNow(60_000);
  const key = ['who-can-open', lockId] as const;
  const current = useHomeData<Answer>({
    homeId,
    cursor,
    queryKey: [...key, 'now'],
    load: (signal) => api('locks.whoCanOpen', { params: { id: lockId } }, { signal }),
    initial,
    madeAt: now,
    onMessage: ({ topic }) => topic === 'access' || topic === 'member' || topic === 'home',
  });
  const known = current.data ?? initial;
  useReloadAt(nextChangeOf(known.items), current.dataUpdatedAt, current.reload);
  const zone = known.timezone;
  const at = useSettled(local === undefined ? undefined : fromLocalText(local, zone));
  // Asked anew whenever the answer for now is: a right that ends is gone from the future too.
  const then = useQuery({
    queryKey: [...key, at, current.dataUpdatedAt],
    queryFn: ({ signal }) =>
      api('locks.whoCanOpen', { params: { id: lockId }, query: { at: at as string } }, { signal }),
    enabled: at !== undefined,
    placeholderData: keepPreviousData,
  });
  const isNow = local === undefined || at === undefined || then.data === undefined;
  const shown = isNow || then.data === undefined ? known : then.data;
  const summary = useSummary(known.items, shown, isNow);
  const { keys } = whoDiffers(known.items, shown.items);
  const options: RowOptions = {
    zone,
    isOwner,
    userId,
    differing: isNow ? new Set() : keys,
    onEnd: setEnding,
  };
  const { people, links, pins, organisation } = groupLines(shown.items);
  return (
    <div className="flex flex-col gap-6">
      <Card className="flex flex-col gap-4 p-4 sm:p-6">
        <section aria-labelledby="access-at" className="flex flex-col gap-4">
          <div>
            <h2 id="access-at" className="text-xl font-semibold">
              {text('access.at.title')}
            </h2>
            <p className="text-sm text-pretty text-ink-soft">
              {text('access.at.lead', { zone: zone.replaceAll('_', ' ') })}
            </p>
          </div>
          {known.isTimezoneAssumed ? <Notice tone="notice">{text('access.zoneAssumed')}</Notice> : null}
          <TimePicker local={local} onChange={setLocal} zone={zone} now={clock} />
          <p role="status" className="min-h-6 font-medium text-pretty">
            {summary}
          </p>
          {then.isError ? <ErrorNotice error={then.error} /> : null}
          {current.isError ? <ErrorNotice error={current.error} /> : null}
        </section>
      </Card>
      <Card className="overflow-hidden">
        <section aria-labelledby="access-people">
          <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-4 sm:px-6">
            <h2 id="access-people" className="text-xl font-semibold">
              {text('access.people')}
            </h2>
            {isOwner ? (
              <Link href={`/dashboard/homes/${homeId}/members`} className={buttonClass('secondary')}>
                {text('access.people.manage')}
              </Link>
            ) : null}
          </div>
          <ul className="divide-y divide-line">
            {people.map((person) => (
              <PersonRow key={person.key} person={person} options={options} />
            ))}
          </ul>
        </section>
      </Card>
      {isOwner ? (
        <Card className="overflow-hidden">
          <section aria-labelledby="access-links">
            <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-4 sm:px-6">
              <h2 id="access-links" className="text-xl font-semibold">
                {text('access.links')}
              </h2>
              <Link href={`/dashboard/locks/${lockId}/links`} className={buttonClass('secondary')}>
                {text('access.links.manage')}
              </Link>
            </div>
            {links.length + organisation.length === 0 ? (
              <p className="px-4 py-5 text-ink-soft sm:px-6">{text('access.links.none')}</p>
            ) : (
              <ul className="divide-y divide-line">
                {[...links, ...organisation].map((line) => (
                  <ThingRow key={keyOf(line)} line={line} options={options} />
                ))}
              </ul>
            )}
          </section>
        </Card>
      ) : (
        <Notice tone="plain">{text('access.ownOnly')}</Notice>
      )}
      {pins.length === 0 ? null : (
        <Card className="overflow-hidden">
          <section aria-labelledby="access-pins">
            <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-4 sm:px-6">
              <h2 id="access-pins" className="text-xl font-semibold">
                {text('access.pins')}
              </h2>
              <Link href={`/dashboard/locks/${lockId}/pins`} className={buttonClass('secondary')}>
                {text('access.pins.manage')}
              </Link>
            </div>
            <ul className="divide-y divide-line">
              {pins.map((line) => (
                <ThingRow key={keyOf(line)} line={line} options={options} />
              ))}
            </ul>
          </section>
        </Card>
      )}
      {ending === undefined ? null : (
        <EndDialog
          line={ending}
          lockId={lockId}
          homeId={homeId}
          onClose={() => setEnding(undefined)}
          onEnded={current.reload}
        />
      )}
    </div>
  );
}
