'use client';

import { History } from 'lucide-react';
import { useState } from 'react';
import type { LiveMessage } from '@/server/contracts/realtime';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { TimesOf } from '../time/times-of';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { Notice } from '../ui/notice';
import { ActivityLine } from './activity-line';
import { type Entries, withNewestEntries, withOlderEntries } from './entries';
import { type Filter, filterText } from './filter';

export interface ActivityLogProps {
  homeId: number;
  /** One door; absent: all of the home. */
  lockId?: number;
  cursor: string;
  filter: Filter;
  initial: Entries;
  madeAt: number;
  zone: string | undefined;
  userId: number;
  isGuest: boolean;
}

/** A line of the home's log that may be one of the activity. */
function isNews({ topic, payload }: LiveMessage): boolean {
  if (topic === 'opening' || topic === 'door') return true;
  return topic === 'access' && (payload as { kind?: unknown } | null)?.kind === 'refusal';
}

function load({ homeId, lockId, filter }: ActivityLogProps, signal: AbortSignal | undefined, after?: string) {
  const { lockId: door, ...asked } = filter;
  const query = { ...asked, ...(after === undefined ? {} : { after }) };
  const options = signal === undefined ? {} : { signal };
  return lockId === undefined
    ? api(
        'homes.activity',
        { params: { homeId }, query: door === undefined ? query : { ...query, lockId: door } },
        options,
      )
    : api('locks.activity', { params: { id: lockId }, query }, options);
}

/** The log itself: live, older lines on demand. */
export function ActivityLog(props: ActivityLogProps) {
  const { homeId, lockId, cursor, filter, initial, madeAt, zone, userId, isGuest } = props;
  const text = useText();
  const now = useNow(5_000);
  const [older, setOlder] = useState<Entries | undefined>(undefined);
  const [loading, setLoading] = useState<'no' | 'yes' | 'failed'>('no');
  const { data = initial, isError } = useHomeData<Entries>({
    homeId,
    cursor,
    queryKey: ['activity', homeId, lockId ?? 0, filterText(filter)],
    load: (signal) => load(props, signal),
    initial,
    madeAt,
    onMessage: isNews,
  });
  const shown = older === undefined ? data : withNewestEntries(older, data);
  const loadOlder = async () => {
    if (shown.next === null) return;
    setLoading('yes');
    try {
      setOlder(withOlderEntries(shown, await load(props, undefined, shown.next)));
      setLoading('no');
    } catch {
      setLoading('failed');
    }
  };
  if (shown.items.length === 0) {
    const isFiltered = Object.keys(filter).length > 0;
    const of = isFiltered ? 'filter' : isGuest ? 'own' : 'home';
    return (
      <EmptyState
        icon={History}
        level={3}
        title={text(`activity.empty.${of}.title`)}
        text={text(`activity.empty.${of}.text`)}
      />
    );
  }
  return (
    <>
      <TimesOf zone={zone}>
        <ol aria-label={text('activity.list')} className="divide-y divide-line">
          {shown.items.map((entry) => (
            <ActivityLine
              key={entry.id}
              entry={entry}
              zone={zone}
              userId={userId}
              now={now}
              showsDoor={lockId === undefined}
            />
          ))}
        </ol>
      </TimesOf>
      <div className="flex flex-col items-center gap-3 border-t border-line px-4 py-3 text-sm text-ink-soft">
        {isError || loading === 'failed' ? (
          <Notice tone="notice" role="alert" title={text('activity.failed.title')}>
            {text('activity.failed.text')}
          </Notice>
        ) : null}
        {shown.next === null ? (
          <p className="py-2">{text('activity.start')}</p>
        ) : (
          <Button kind="quiet" disabled={loading === 'yes'} onClick={() => void loadOlder()}>
            {text(loading === 'yes' ? 'activity.loadingMore' : 'activity.older')}
          </Button>
        )}
      </div>
    </>
  );
}
