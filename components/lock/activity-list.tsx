'use client';

import { Ban, Check, CircleHelp, Clock3, History, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { OpeningView } from '@/server/contracts/locks';
import { type OpeningPhase, phaseOf } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { durationText } from '../time/format';
import { Moment } from '../time/moment';
import { Badge, type BadgeTone } from '../ui/badge';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Notice } from '../ui/notice';
import { stepAfterMs } from './opening-progress';
import type { Openings } from './openings';
import { useOpenings } from './use-openings';

const looks: Record<OpeningPhase, { tone: BadgeTone; icon: LucideIcon }> = {
  pending: { tone: 'plain', icon: Clock3 },
  sent: { tone: 'plain', icon: Clock3 },
  accepted: { tone: 'plain', icon: Clock3 },
  unresolved: { tone: 'plain', icon: Clock3 },
  confirmed: { tone: 'calm', icon: Check },
  late: { tone: 'notice', icon: CircleHelp },
  unconfirmed: { tone: 'notice', icon: CircleHelp },
  expired: { tone: 'unknown', icon: Ban },
  failed: { tone: 'alarm', icon: TriangleAlert },
};
const kinds = ['user', 'orgKey', 'superKey', 'service', 'guestLink', 'staff'] as const;

/** Asked → accepted → confirmed, each in milliseconds after the first. */
function Times({ opening }: { opening: OpeningView }) {
  const text = useText();
  const parts = (['accepted', 'confirmed'] as const).map((step) => {
    const afterMs = stepAfterMs(opening, step);
    return afterMs === undefined ? text('activity.notReached') : durationText(afterMs, text);
  });
  return (
    <span className="tabular-nums whitespace-nowrap">
      {[text('activity.asked'), ...parts].map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: three places that never move
        <span key={index}>
          {index === 0 ? null : <span aria-hidden> → </span>}
          <span className="sr-only">
            {index === 0 ? '' : `, ${text(index === 1 ? 'step.accepted' : 'step.confirmed')} `}
          </span>
          {part}
        </span>
      ))}
    </span>
  );
}

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
  const phase = phaseOf(opening, now);
  const { tone, icon } = looks[phase];
  const kind = kinds.find((known) => known === opening.who.kind) ?? 'other';
  const isViewer = opening.who.kind === 'user' && opening.who.id === String(userId);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-4 gap-y-1 px-4 py-3.5 sm:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_10rem] sm:px-6">
      <div className="min-w-0">
        <p className="truncate font-medium">
          {isViewer ? text('activity.you', { name: opening.who.name }) : opening.who.name}
        </p>
        <p className="text-sm text-ink-soft">
          {text(`who.${kind}`)}, {text(`via.${opening.via}`)}
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
        <Times opening={opening} />
      </div>
      <Badge tone={tone} icon={icon} className="justify-self-end">
        {text(`outcome.${phase}`)}
      </Badge>
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
    <ol className="divide-y divide-line">
      {items.map((opening) => (
        <Entry key={opening.id} opening={opening} zone={zone} userId={userId} now={now} />
      ))}
    </ol>
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
