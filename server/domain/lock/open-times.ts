import type { DoorState } from '../../contracts/locks';
import { isLeafOpen } from './predicates';

/** What a door contact or the way to its lock said at a moment, epoch milliseconds. */
export type DoorWord = { at: number } & ({ door: DoorState } | { reachable: boolean });

export interface OpenTime {
  from: number;
  /** Undefined: it stands open still. */
  until: number | undefined;
  /** The lock was out of reach meanwhile. */
  isUnsure: boolean;
}

/** The times that a door stood open, oldest first, from what was told in order. One that nobody saw end has no end. */
export function openTimes(words: readonly DoorWord[]): OpenTime[] {
  const times: OpenTime[] = [];
  let open: OpenTime | undefined;
  let isAway = false;
  for (const word of words) {
    if ('reachable' in word) {
      isAway = !word.reachable;
      if (open !== undefined && isAway) open.isUnsure = true;
      continue;
    }
    if (isLeafOpen(word.door)) {
      if (open !== undefined) continue;
      open = { from: word.at, until: undefined, isUnsure: isAway };
      times.push(open);
    } else if (open !== undefined) {
      open.until = word.at;
      // A contact that stopped telling is no door that was closed.
      if (word.door !== 'closed') open.isUnsure = true;
      open = undefined;
    }
  }
  return times;
}

/** The longest of them up to `now`; undefined: there is none. */
export function longestOf(times: readonly OpenTime[], now: number): OpenTime | undefined {
  const lasted = ({ from, until }: OpenTime) => (until ?? now) - from;
  return times.reduce<OpenTime | undefined>(
    (longest, time) => (longest === undefined || lasted(time) > lasted(longest) ? time : longest),
    undefined,
  );
}
