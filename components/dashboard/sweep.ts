import type { DoorView } from '@/server/contracts/locks';
import { describe, isLeafOpen } from '@/server/domain/lock/predicates';

/** What a look at all doors of a home has found. */
export interface Sweep {
  locked: string[];
  notLocked: string[];
  unverified: string[];
}

/** A door of the home and what the service said of it when it was asked last; undefined: it gave no answer. */
export interface Asked {
  name: string;
  answer: DoorView | undefined;
}

/**
 * Judges doors that were just asked for, at `now` (epoch milliseconds of the service's clock). Locked is only what is
 * known to be: in reach, bolt out, leaf not open. Without an answer, out of reach, or with a contact that is stuck,
 * nothing is known.
 */
export function judgeSweep(doors: readonly Asked[], now: number): Sweep {
  const sweep: Sweep = { locked: [], notLocked: [], unverified: [] };
  for (const { name, answer } of doors) {
    if (answer === undefined) {
      sweep.unverified.push(name);
      continue;
    }
    const { condition, contact } = describe(answer, now);
    if (condition === 'unknown' || condition === 'unreachable') sweep.unverified.push(name);
    else if (condition === 'locked' && contact === 'jammed') sweep.unverified.push(name);
    else if (condition === 'locked' && !isLeafOpen(contact)) sweep.locked.push(name);
    else sweep.notLocked.push(name);
  }
  return sweep;
}

/** Whether the whole home is known to be locked. */
export const isAllLocked = ({ locked, notLocked, unverified }: Sweep): boolean =>
  locked.length > 0 && notLocked.length === 0 && unverified.length === 0;
