'use client';

import { createContext, useContext } from 'react';
import { usePreferences, useText } from '../messages/provider';
import { useNow, useSentOffsets, useViewerZone } from './clock';
import { clockTime, momentText, zonesDiffer } from './format';

const slowly = 30_000;

/** Whether what is around has said already how the home's clocks and the viewer's differ. */
export const ZoneIsSaid = createContext(false);

/**
 * Writes a moment in the home's zone, with the viewer's own in brackets where it differs and nothing around has said so.
 * Without a home zone: the viewer's, or UTC while that is not known.
 */
export function useMomentText(zone: string | undefined, hasSeconds = false): (timestamp: string) => string {
  const text = useText();
  const { hourCycle } = usePreferences();
  const viewerZone = useViewerZone();
  useSentOffsets(zone);
  const now = useNow(slowly);
  const isSaid = useContext(ZoneIsSaid);
  const style = { text, hourCycle, hasSeconds };
  return (timestamp) => {
    const at = Date.parse(timestamp);
    const shownZone = zone ?? viewerZone;
    if (shownZone === undefined) return text('time.utc', { time: momentText(at, now, 'UTC', style) });
    const own = momentText(at, now, shownZone, style);
    if (isSaid || viewerZone === undefined || !zonesDiffer(at, shownZone, viewerZone)) return own;
    return `${own} (${text('time.yours', { time: clockTime(at, viewerZone, style) })})`;
  };
}

/** A moment as text with its exact form for machines. */
export function Moment({
  at,
  zone,
  hasSeconds = false,
}: {
  at: string;
  zone: string | undefined;
  hasSeconds?: boolean;
}) {
  const momentOf = useMomentText(zone, hasSeconds);
  return <time dateTime={at}>{momentOf(at)}</time>;
}
