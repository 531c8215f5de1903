import type { TimelineLine } from '@/server/contracts/console';

const placeOf = ({ at, id }: TimelineLine): string => `${at} ${id}`;

/** Both lists as one, newest first, each line once; of a line in both the second counts, since its state may have changed. */
export function mergeLines(known: readonly TimelineLine[], loaded: readonly TimelineLine[]): TimelineLine[] {
  const lines = new Map([...known, ...loaded].map((line) => [line.id, line]));
  return [...lines.values()].sort((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1));
}

/** How far back lines may still change, or come late. */
const overlapMs = 15_000;

/** Where to ask for news from: the newest line that will not change any more; undefined: there is none. */
export function newsAfter(lines: readonly TimelineLine[]): string | undefined {
  const newest = lines[0];
  if (newest === undefined) return undefined;
  const settled = Date.parse(newest.at) - overlapMs;
  return lines.find(({ at }) => Date.parse(at) <= settled)?.cursor;
}
