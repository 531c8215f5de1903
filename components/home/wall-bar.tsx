'use client';

import { Minimize2 } from 'lucide-react';
import { useEffect } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { useNow, useSentOffsets, useViewerZone } from '../time/clock';
import { clockTime } from '../time/format';
import { buttonClass } from '../ui/button';
import { Link } from '../ui/link';
import './wall.css';

/** Keeps the screen on while the page is in sight, where the browser can. */
function useWakeLock(): void {
  useEffect(() => {
    let held: WakeLockSentinel | undefined;
    let isGone = false;
    const hold = async () => {
      if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
      try {
        held = await navigator.wakeLock.request('screen');
        if (isGone) await held.release();
      } catch {
        // Refused, for example with a low battery: the page works all the same.
      }
    };
    const onVisible = () => void hold();
    void hold();
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      isGone = true;
      document.removeEventListener('visibilitychange', onVisible);
      void held?.release();
    };
  }, []);
}

/** Top of the wall view: the home's clock and the way back. */
export function WallBar({ homeId, zone }: { homeId: number; zone: string | undefined }) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const viewerZone = useViewerZone();
  useSentOffsets(zone);
  const now = useNow(5_000);
  useWakeLock();
  const shown = zone ?? viewerZone;
  return (
    <div data-wall="" className="flex items-center justify-between gap-4">
      <p className="text-5xl font-semibold tabular-nums">
        {shown === undefined ? null : clockTime(now, shown, { text, hourCycle })}
      </p>
      <Link href={`/dashboard/homes/${homeId}`} className={buttonClass('quiet')}>
        <Minimize2 aria-hidden className="size-4.5" />
        {text('home.wall.leave')}
      </Link>
    </div>
  );
}
