'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { useNow, useViewerZone } from './clock';
import { clockTime, zonesDiffer } from './format';
import { ZoneIsSaid } from './moment';

/** What the clocks of a home and of the viewer show now, where they differ. */
export function useClocks(zone: string | undefined): { home: string; yours: string } | undefined {
  const text = useText();
  const { hourCycle } = usePreferences();
  const viewerZone = useViewerZone();
  const now = useNow(30_000);
  if (zone === undefined || viewerZone === undefined || !zonesDiffer(now, zone, viewerZone)) return undefined;
  const show = (one: string) => clockTime(now, one, { text, hourCycle });
  return { home: show(zone), yours: show(viewerZone) };
}

interface TimesOfProps {
  /** Zone of the home, in which the moments inside are written. */
  zone: string | undefined;
  children: ReactNode;
  /** Inside of something that has its own margins, and not at the edge of a card. */
  isInset?: boolean;
}

/** What stands under a heading that tells the home's clock and the viewer's: its moments need not say it again. */
export function UnderClocks({ zone, children }: TimesOfProps) {
  const clocks = useClocks(zone);
  return <ZoneIsSaid value={clocks !== undefined}>{children}</ZoneIsSaid>;
}

/** A list of moments of one home: where its clocks and the viewer's differ, that is said once above it and not in each line. */
export function TimesOf({ zone, isInset = false, children }: TimesOfProps) {
  const text = useText();
  const clocks = useClocks(zone);
  if (clocks === undefined) return children;
  return (
    <ZoneIsSaid value>
      <p
        className={clsx(
          'text-sm text-pretty text-ink-soft',
          isInset ? 'self-start' : 'border-b border-line px-4 py-2.5 sm:px-6',
        )}
      >
        {text('time.ofHome', clocks)}
      </p>
      {children}
    </ZoneIsSaid>
  );
}
