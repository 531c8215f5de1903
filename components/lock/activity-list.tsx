'use client';

import { History } from 'lucide-react';
import type { OpeningView } from '@/server/contracts/locks';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { Moment } from '../time/moment';
import { TimesOf } from '../time/times-of';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Notice } from '../ui/notice';
import { OpeningOutcome, OpeningTimes, whoKind } from './opening-outcome';
import type { Openings } from './openings';
import { useOpenings } from './use-openings';

function Entry({
  opening,
  zone,
  userId,
  now,
}: {
  opening: OpeningView;
  zone: string | undefined;
  userId: number;
  now: number;
}) {
  const text = useText();
  const isViewer = opening.who.kind === 'user' && opening.who.id === String(userId);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 px-4 py-3.5 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_10rem] sm:px-6">
      <div className="min-w-0">
        <p className="truncate font-medium">
          {isViewer ? text('activity.you', { name: opening.who.name }) : opening.who.name}
        </p>
        <p className="text-sm text-ink-soft">
          {text(`who.${whoKind(opening.who.kind)}`)}, {text(`via.${opening.via}`)}
          {opening.joined === undefined ? null : `, ${text('activity.joined')}`}
        </p>
        {opening.reason === undefined ? null : (
          <p className="text-sm break-words text-ink-soft">
            {text('activity.reason', { reason: opening.reason })}
          </p>
        )}
      </div>
      <div className="col-span-2 row-start-2 flex flex-wrap gap-x-3 text-sm text-ink-soft sm:col-span-1 sm:col-start-2 sm:row-start-1 sm:flex-col">
        <Moment at={opening.createdAt} zone={zone} />
        <OpeningTimes opening={opening} />
      </div>
      <OpeningOutcome opening={opening} now={now} className="justify-self-end" />
    </li>
  );
}

interface OpeningListProps {
  items: readonly OpeningView[];
  zone: string | undefined;
  /** The viewer, to be called so. */
  userId: number;
}

/** Openings, newest first: who, in which way, when, and how long each step took. */
export function OpeningList({ items, zone, userId }: OpeningListProps) {
  const now = useNow(5_000);
  return (
    <TimesOf zone={zone}>
      <ol className="divide-y divide-line">
        {items.map((opening) => (
          <Entry key={opening.id} opening={opening} zone={zone} userId={userId} now={now} />
        ))}
      </ol>
    </TimesOf>
  );
}

export interface ActivityProps {
  lockId: number;
  /** The newest openings. */
  initial: Openings;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  zone: string | undefined;
  userId: number;
}

/** Nobody opened the door yet. */
export function NoActivity() {
  const text = useText();
  return (
    <EmptyState
      icon={History}
      level={3}
      title={text('activity.empty.title')}
      text={text('activity.empty.text')}
    />
  );
}

/** The activity of a door: live, and older entries on demand. */
export function ActivityList({ lockId, initial, now, zone, userId }: ActivityProps) {
  const text = useText();
  const { items, hasMore, isLoadingMore, hasFailed, loadMore } = useOpenings(lockId, initial, now);
  if (items.length === 0) return <NoActivity />;
  return (
    <>
      <OpeningList items={items} zone={zone} userId={userId} />
      <div className="flex flex-col items-center gap-3 border-t border-line px-4 py-3 text-sm text-ink-soft">
        {hasFailed ? (
          <Notice tone="notice" role="alert" title={text('activity.failed.title')}>
            {text('activity.failed.text')}
          </Notice>
        ) : null}
        {hasMore ? (
          <Button kind="quiet" disabled={isLoadingMore} onClick={() => void loadMore()}>
            {text(isLoadingMore ? 'activity.loadingMore' : 'activity.more')}
          </Button>
        ) : (
          <p className="py-2">{text('activity.all')}</p>
        )}
      </div>
    </>
  );
}
