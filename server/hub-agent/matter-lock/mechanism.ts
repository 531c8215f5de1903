/** Words for positions as in reports; a bolt that is half way is NOT_FULLY_LOCKED. */
export const boltStates = ['LOCKED', 'UNLOCKED', 'NOT_FULLY_LOCKED'] as const;
export type BoltState = (typeof boltStates)[number];
export type Target = Exclude<BoltState, 'NOT_FULLY_LOCKED'>;
export const doorStates = ['OPEN', 'CLOSED', 'AJAR', 'JAMMED', 'FORCED', 'UNKNOWN'] as const;
export type DoorState = (typeof doorStates)[number];
export type Source = 'remote' | 'manual' | 'keypad' | 'auto';

/** The works of a virtual Matter lock, kept over a restart. */
export interface Mechanism {
  bolt: BoltState;
  door: DoorState;
  batteryPercent: number;
  /** Something is in the bolt's way. */
  isObstructed: boolean;
  /** How long the motor runs, milliseconds. */
  motorMs: number;
  /** Remote operations need a PIN. */
  needsPin: boolean;
  /** How often the bolt really went open on a remote command. */
  actuations: number;
  /** How far its clock is ahead of this machine's, milliseconds. */
  clockAheadMs: number;
}

export const newMechanism: Mechanism = {
  bolt: 'LOCKED',
  door: 'CLOSED',
  batteryPercent: 90,
  isObstructed: false,
  motorMs: 0,
  needsPin: false,
  actuations: 0,
  clockAheadMs: 0,
};

/** What a movement came to: the works after it, and what the lock tells of it. */
export interface Movement {
  next: Mechanism;
  told: { type: 'operated'; operation: 'lock' | 'unlock' } | { type: 'jammed' };
}

/** The motor, or a hand, has run its course; an obstructed bolt stays half way and says that it is stuck. */
export function moveBolt(works: Mechanism, to: Target, source: Source): Movement {
  if (works.isObstructed) return { next: { ...works, bolt: 'NOT_FULLY_LOCKED' }, told: { type: 'jammed' } };
  const isOpening = to !== 'LOCKED' && source === 'remote';
  const operation = to === 'LOCKED' ? 'lock' : 'unlock';
  return {
    next: { ...works, bolt: to, actuations: works.actuations + (isOpening ? 1 : 0) },
    told: { type: 'operated', operation },
  };
}

/** The bolt is free again; one that stuck half way slides back into the frame. */
export const freeBolt = (works: Mechanism): Mechanism => ({
  ...works,
  isObstructed: false,
  bolt: works.bolt === 'NOT_FULLY_LOCKED' ? 'LOCKED' : works.bolt,
});
