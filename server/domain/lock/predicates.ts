import type { BoltState, DoorReport, DoorState, DoorView, OpeningView } from '../../contracts/locks';
import { isRunning as isRunningStatus } from './opening';
import { type OpeningOutcome, openingOutcome } from './outcome';

/** A running opening is called "not confirmed" after this long, whatever the intent itself still waits for (model 3). */
export const unconfirmedAfterMs = 10_000;

/** What may truthfully be said of a door now. `locking` and `unlocking` are on the way, not there. */
export type DoorCondition = BoltState | 'unlocking' | 'locking' | 'unreachable';

/** How much attention a condition deserves. */
export type Tone = 'calm' | 'notice' | 'alarm' | 'unknown';

export interface DoorDescription {
  condition: DoorCondition;
  tone: Tone;
  /** What the door contact says; `unknown` also while the lock is out of reach. */
  contact: DoorState;
  /** What the bolt was when it was last heard of, when that can no longer be relied on. */
  lastKnownBolt?: BoltState;
}

type Described = DoorReport & Pick<DoorView, 'opening'>;

const toneOf: Record<DoorCondition, Tone> = {
  locked: 'calm',
  locking: 'notice',
  unlocking: 'notice',
  unlocked: 'notice',
  unlatched: 'notice',
  'not-fully-locked': 'alarm',
  jammed: 'alarm',
  unreachable: 'unknown',
  unknown: 'unknown',
};

/** Whether the lock answers. One that was never heard of does not. */
export const isReachable = (door: DoorReport): boolean => door.reachable === true;

/** Whether the bolt is known to be out, now. An old "locked" of a lock out of reach is not. */
export const isLocked = (door: DoorReport): boolean => isReachable(door) && door.bolt === 'locked';

/** Whether the bolt is known to be drawn back, now. */
export const isOpen = (door: DoorReport): boolean =>
  isReachable(door) && (door.bolt === 'unlocked' || door.bolt === 'unlatched');

export const isJammed = (door: DoorReport): boolean => isReachable(door) && door.bolt === 'jammed';

/** Whether the leaf itself is known to stand open. */
export const isLeafOpen = (contact: DoorState): boolean =>
  contact === 'open' || contact === 'ajar' || contact === 'forced';

/** Whether the door contact says something a person must act on. */
export const isContactAlarming = (contact: DoorState): boolean =>
  contact === 'forced' || contact === 'jammed';

/** Whether the caller may open this door; the server decides anew at each opening. */
export const canOpen = (door: Pick<DoorView, 'canOpen'>): boolean => door.canOpen;

/** Whether a report or the expiry still has to settle this opening. */
export const isRunning = (opening: OpeningView): boolean => isRunningStatus(opening.status);

/** What a page says of an opening: what came of it, refined by the page's own patience. */
export type OpeningPhase = OpeningOutcome;

/** The phase of an opening at `now` (epoch milliseconds of the service's clock). */
export function phaseOf(opening: OpeningView, now: number): OpeningPhase {
  if (isRunning(opening) && now - Date.parse(opening.createdAt) >= unconfirmedAfterMs) return 'unconfirmed';
  return openingOutcome(opening);
}

/** Whether a phase can still become another one while somebody watches. */
export const isPhaseRunning = (phase: OpeningPhase): boolean =>
  phase !== 'late' && phase !== 'unconfirmed' && isRunningStatus(phase);

const progress: Record<OpeningView['status'], number> = {
  pending: 0,
  unresolved: 1,
  sent: 2,
  accepted: 3,
  expired: 4,
  failed: 4,
  confirmed: 4,
};

/** Whether `candidate` tells more than `known` of the same opening; equal news counts, an older state does not. */
export const isFurther = (candidate: OpeningView, known: OpeningView): boolean =>
  progress[candidate.status] > progress[known.status] ||
  (progress[candidate.status] === progress[known.status] && (candidate.lateReport || !known.lateReport));

function conditionOf(door: Described, now: number): DoorCondition {
  if (door.reachable === undefined) return 'unknown';
  if (!isReachable(door)) return 'unreachable';
  const isMoving = door.opening !== undefined && phaseOf(door.opening, now) === 'accepted';
  if (isMoving && !isOpen(door) && !isJammed(door)) return 'unlocking';
  return door.bolt;
}

/**
 * What may be said of a door at `now` (epoch milliseconds of the service's clock). A lock out of reach is never
 * described by its old state, and "unlocking" needs a lock that took the command less than ten seconds ago.
 */
export function describe(door: Described, now: number): DoorDescription {
  const condition = conditionOf(door, now);
  const isHeard = isReachable(door);
  const contact = isHeard ? door.door : 'unknown';
  const isAlarming = isContactAlarming(contact);
  const isAjarThoughLocked = condition === 'locked' && isLeafOpen(contact);
  return {
    condition,
    contact,
    tone: isAlarming ? 'alarm' : isAjarThoughLocked ? 'notice' : toneOf[condition],
    ...(isHeard || door.bolt === 'unknown' ? {} : { lastKnownBolt: door.bolt }),
  };
}

export interface DoorCount {
  total: number;
  locked: number;
  notLocked: number;
  unknown: number;
}

/**
 * Counts doors without claiming more than is known: locked means bolt out, leaf not open, and heard of. A bolt that is out
 * says nothing while a stuck contact cannot tell whether the leaf is shut.
 */
export function countDoors(doors: readonly Described[], now: number): DoorCount {
  const count: DoorCount = { total: doors.length, locked: 0, notLocked: 0, unknown: 0 };
  for (const door of doors) {
    const { condition, contact } = describe(door, now);
    if (condition === 'unknown' || condition === 'unreachable') count.unknown += 1;
    else if (condition === 'locked' && contact === 'jammed') count.unknown += 1;
    else if (condition === 'locked' && !isLeafOpen(contact)) count.locked += 1;
    else count.notLocked += 1;
  }
  return count;
}
