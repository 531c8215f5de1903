'use client';

import { useText } from '../messages/provider';
import { useSentOffsets, useViewerZone } from '../time/clock';
import { partsOf } from '../time/format';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** A moment to the second in few characters, in the home's zone: `28 Nov 15:43:34`. */
export function LineTime({ at, zone }: { at: string; zone: string | undefined }) {
  const text = useText();
  const viewerZone = useViewerZone();
  useSentOffsets(zone);
  const { day, month, hour, minute } = partsOf(Date.parse(at), zone ?? viewerZone ?? 'UTC');
  const name = text('time.months').split(' ')[month - 1] ?? '';
  return (
    <time dateTime={at}>{`${day} ${name} ${twoDigits(hour)}:${twoDigits(minute)}:${at.slice(17, 19)}`}</time>
  );
}
