'use client';

import { clsx } from 'clsx';
import { type ReactNode, useContext } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { useNow, useSentOffsets, useViewerZone } from './clock';
import { clockTime, zonesDiffer } from './format';
import { ZoneIsSaid } from './moment';

/** What the clocks of a home and of the viewer show now, where they differ. */
export function useClocks(zone: string | undefined): { home: string; yours: string } | undefined {
  const text = useText();
  const { hourCycle } = usePreferences();
  const viewerZone = useViewerZone();
  useSentOffsets(zone);
  const now = useNow(30_000);
  if (zone === undefined || viewerZone === undefined || !zonesDiffer(now, zone, viewerZone)) return undefined;
  const show = (one: string) => clockTime(now, one, { text, hourCycle });
  return { home: show(zone), yours: show(viewerZone) };
}

/** The home's clock, where it is another one than the viewer's. */
export function HomeTime({ zone }: { zone: string | undefined }) {
  const text = useText();
  const clocks = useClocks(zone);
  return clocks === undefined ? null : (
    <span className="text-sm text-ink-soft">{text('doors.homeTimes', clocks)}</span>
  );
}

interface TimesOfProps {
  /** Zone of the home, in which the moments inside are written. */
  zone: string | undefined;
  children: ReactNode;
  /** Inside of something that has its own margins, and not at the edge of a card. */
  isInset?: boolean;
  /** The rows below begin further in. */
  isWide?: boolean;
}

/** What stands under a heading that tells the home's clock and the viewer's: its moments need not say it again. */
export function UnderClocks({ zone, children }: TimesOfProps) {
  const clocks = useClocks(zone);
  return <ZoneIsSaid value={clocks !== undefined}>{children}</ZoneIsSaid>;
}

/** A list of moments of one home: where its clocks and the viewer's differ, that is said once above it and not in each line. */
export function TimesOf({ zone, isInset = false, isWide = false, children }: TimesOfProps) {
  const text = useText();
  const clocks = useClocks(zone);
  const isSaid = useContext(ZoneIsSaid);
  if (isSaid || clocks === undefined) return children;
  return (
    <ZoneIsSaid value>
      <p
        className={clsx(
          'text-sm text-pretty text-ink-soft',
          isInset ? 'self-start' : 'border-b border-line py-2.5 sm:px-6',
          isInset ? undefined : isWide ? 'px-5' : 'px-4',
        )}
      >
        {text('time.ofHome', clocks)}
      </p>
      {children}
    </ZoneIsSaid>
  );
}
