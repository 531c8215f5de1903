'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import type { MyViews } from '@/server/contracts/views';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useIsLiveLost, useLiveHomes } from '../hooks/use-live-home';
import { useSentAge } from '../hooks/use-sent-age';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { useMomentText } from '../time/moment';
import { Button } from '../ui/button';

const queryKey = ['looks'] as const;
const pollLostMs = 10_000;
const clockMs = 1_000;
type OpenView = MyViews['items'][number];

/** Staff ask to look: why, for how long, and what they will and will not be able to do. */
function Request({ view, onDone }: { view: OpenView; onDone: () => void }) {
  const text = useText();
  const { run, isBusy } = useAction(
    async (granted: boolean) => {
      await api('homes.answerView', {
        params: { homeId: view.homeId, viewId: view.id },
        body: { granted },
      });
      onDone();
    },
    { done: text('look.answered') },
  );
  return (
    <>
      <p className="font-semibold">{text('look.asks', { who: view.staffName, home: view.homeName })}</p>
      <blockquote className="border-l-2 border-line-strong pl-3 break-words text-ink-soft">
        {view.reason}
      </blockquote>
      <p className="text-sm text-pretty text-ink-soft">{text('look.asks.what', { minutes: view.minutes })}</p>
      <div className="flex flex-wrap gap-2">
        <Button kind="primary" disabled={isBusy} onClick={() => void run(true)}>
          {text('look.grant', { minutes: view.minutes })}
        </Button>
        <Button disabled={isBusy} onClick={() => void run(false)}>
          {text('look.refuse')}
        </Button>
      </div>
    </>
  );
}

/** Staff look now: until when, and the way to end it. */
function Running({ view, onDone }: { view: OpenView; onDone: () => void }) {
  const text = useText();
  const momentOf = useMomentText(view.timezone);
  const { run, isBusy } = useAction(
    async () => {
      await api('homes.endView', { params: { homeId: view.homeId, viewId: view.id } });
      onDone();
    },
    { done: text('look.ended') },
  );
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="min-w-0 text-pretty">
        {text('look.running', { who: view.staffName, time: momentOf(view.expiresAt) })}
      </p>
      <Button disabled={isBusy} onClick={() => void run()}>
        {text('look.end')}
      </Button>
    </div>
  );
}

/** What staff ask for, or do, at the homes of the person who is signed in, as it happens. */
export function LookRequests({ initial, now }: { initial: MyViews; now: number }) {
  const text = useText();
  const client = useQueryClient();
  const isLost = useIsLiveLost();
  const ageOf = useSentAge(queryKey, now, () => initial);
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('userSession.views', {}, { signal }),
    meta: { isBeside: true },
    initialData: initial,
    initialDataUpdatedAt: ageOf,
    refetchInterval: isLost ? pollLostMs : false,
  });
  const reload = () => void client.invalidateQueries({ queryKey });
  useLiveHomes(data.homes, {
    onMessage: ({ topic }) => {
      if (topic === 'view' || topic === 'member') reload();
    },
    onResync: reload,
    onRevoked: reload,
  });
  const at = useNow(data.items.length === 0 ? undefined : clockMs);
  const open = data.items.filter(({ expiresAt }) => Date.parse(expiresAt) > at);
  return (
    <section
      aria-label={text('look.title')}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-20 mx-auto flex max-w-2xl flex-col gap-3 p-3 sm:p-4"
    >
      {open.map((view) => (
        <div
          key={view.id}
          className="pointer-events-auto flex gap-3 rounded-2xl border border-notice/40 bg-surface p-4 shadow-card"
        >
          <Eye aria-hidden className="mt-0.5 size-5 shrink-0 text-notice" />
          <div className="flex min-w-0 flex-1 flex-col gap-3">
            {view.status === 'asked' ? (
              <Request view={view} onDone={reload} />
            ) : (
              <Running view={view} onDone={reload} />
            )}
          </div>
        </div>
      ))}
    </section>
  );
}
