'use client';

import type { ReactNode } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { useNow, useViewerZone } from './clock';
import { clockTime, zonesDiffer } from './format';
import { ZoneIsSaid } from './moment';

interface TimesOfProps {
  /** Zone of the home, in which the moments inside are written. */
  zone: string | undefined;
  children: ReactNode;
}

/** A list of moments of one home: where its clocks and the viewer's differ, that is said once above it and not in each line. */
export function TimesOf({ zone, children }: TimesOfProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const viewerZone = useViewerZone();
  const now = useNow(30_000);
  if (zone === undefined || viewerZone === undefined || !zonesDiffer(now, zone, viewerZone)) return children;
  const [home, yours] = [zone, viewerZone].map((one) => clockTime(now, one, { text, hourCycle }));
  return (
    <ZoneIsSaid value>
      <p className="border-b border-line px-4 py-2.5 text-sm text-pretty text-ink-soft sm:px-6">
        {text('time.ofHome', { home: home ?? '', yours: yours ?? '' })}
      </p>
      {children}
    </ZoneIsSaid>
  );
}
