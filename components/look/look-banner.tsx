'use client';

import { Eye } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { useNow, useServerTime } from '../time/clock';
import { remainingText } from '../time/format';
import { Button } from '../ui/button';
import { leavePath } from './leave-path';

/** How soon a look that somebody ended leaves the screen. */
const askEveryMs = 700;
const clockMs = 1_000;

interface LookBannerProps {
  viewId: string;
  homeId: number;
  ownerName: string;
  expiresAt: string;
}

/** Above every page that staff see through somebody's eyes: whose they are, how long it lasts, and the way out. */
export function LookBanner({ viewId, homeId, ownerName, expiresAt }: LookBannerProps) {
  const text = useText();
  const serverTime = useServerTime();
  useNow(clockMs);
  const isLeaving = useRef(false);
  const leave = () => {
    // Once: a second time would break the first off, which has taken the cookie away already.
    if (isLeaving.current) return;
    isLeaving.current = true;
    window.location.assign(leavePath(viewId));
  };
  const { run, isBusy } = useAction(async () => {
    await api('staff.endView', { params: { homeId, viewId } });
    leave();
  });
  const look = useEffectEvent(async (signal: AbortSignal) => {
    try {
      const { items } = await api('staff.listViews', { params: { homeId } }, { signal });
      if (items.find(({ id }) => id === viewId)?.status !== 'granted') leave();
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 404)) leave();
    }
  });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const again = async () => {
      await look(stop.signal);
      if (!stop.signal.aborted && !isLeaving.current) timer = setTimeout(() => void again(), askEveryMs);
    };
    void again();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  const leftMs = Date.parse(expiresAt) - serverTime();
  return (
    <aside
      aria-label={text('look.title')}
      className="sticky top-0 z-20 border-b border-notice/40 bg-notice-soft text-notice"
    >
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2 sm:px-6">
        <p className="flex min-w-0 items-center gap-3 text-[0.9375rem]">
          <Eye aria-hidden className="size-5 shrink-0" />
          <span className="text-pretty">
            <strong className="font-semibold">{text('look.banner', { who: ownerName })}</strong>{' '}
            {text('look.banner.rules')}{' '}
            <span className="tabular-nums">
              {text('look.banner.left', { time: remainingText(leftMs, text) })}
            </span>
          </span>
        </p>
        <Button disabled={isBusy} onClick={() => void run()}>
          {text('look.leave')}
        </Button>
      </div>
    </aside>
  );
}
