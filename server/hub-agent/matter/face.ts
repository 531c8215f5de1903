/** What the hub agent knows of Matter: no type of the library passes here. */

export type LockOperation = 'unlock' | 'unbolt' | 'lock';
export type OperationSource = 'remote' | 'manual' | 'keypad' | 'auto' | 'other';
export type LockStateName = 'LOCKED' | 'UNLOCKED' | 'UNLATCHED' | 'NOT_FULLY_LOCKED' | 'UNKNOWN';
export type DoorStateName = 'OPEN' | 'CLOSED' | 'AJAR' | 'JAMMED' | 'FORCED' | 'UNKNOWN';

/** Something did not come about; `code` is one of the names that pages and the API know (matter-hub 7). */
export class MatterFailure extends Error {
  override name = 'MatterFailure';
  constructor(
    readonly code: string,
    message?: string,
  ) {
    super(message ?? code);
  }
}

/** How a lock stands, as it said last. */
export interface LockReading {
  lockState: LockStateName;
  /** Absent: the lock has no sensor. */
  doorState?: DoorStateName;
  /** Absent: it does not tell. */
  battery?: { percent: number | null; level: 'ok' | 'low' | 'critical' };
  features: readonly string[];
  /** Absent: it takes no PINs over the air. */
  pinLimits?: PinLimits;
}

/** How many PINs a lock keeps, and how many digits they have. */
export interface PinLimits {
  slots: number;
  minLength: number;
  maxLength: number;
}

export type LockNews =
  /** Something of the reading may have changed. */
  | { type: 'changed' }
  | {
      type: 'operated';
      operation: 'lock' | 'unlock';
      source: OperationSource;
      /** The user whose credential was used at the keypad. */
      slot?: number;
    }
  | { type: 'alarm'; alarm: string }
  /** An operation was refused; for a wrong or missing PIN this alone says why. */
  | { type: 'refused'; why: 'PIN' | 'OTHER' };

/** A lock of our fabric. */
export interface MatterLock {
  readonly nodeId: string;
  readonly endpoint: number;
  readonly identity: DeviceIdentity;
  /** Whether it keeps up its subscription. */
  readonly isReachable: boolean;
  reading(): LockReading;
  /** Asks the lock itself. Raises LOCK_UNREACHABLE. */
  ask(withinMs: number): Promise<LockReading>;
  /**
   * Invokes an operation and resolves when the lock has taken it, which is not yet that the bolt has moved. After
   * `withinMs` nothing of it is sent any more. Raises LOCK_UNREACHABLE, LOCK_RESTARTED, PIN_REQUIRED, PIN_REJECTED,
   * UNSUPPORTED_COMMAND, LOCK_REFUSED.
   */
  operate(operation: LockOperation, options: { pin?: string; withinMs: number }): Promise<void>;
  readonly users: LockUsers;
  /** The returned function takes the listener off. */
  on(listener: (news: LockNews) => void): () => void;
}

/** When a user is let in, by the clock on the lock's own wall. */
export type LockHours =
  /** Moments as that clock shows them, in epoch milliseconds as if it were UTC. */
  | { kind: 'between'; from: number; until: number }
  /** Weekdays are 1 (Monday) to 7, minutes run from midnight; the end of the day is minute 1440. */
  | { kind: 'weekly'; weekdays: readonly number[]; fromMinute: number; untilMinute: number };

/** A user as a lock keeps it. */
export interface LockUser {
  /** Matter's index of the user. */
  slot: number;
  name: string;
  /** Made by this hub's fabric. */
  isOurs: boolean;
  /** Matter's indices of its PINs. */
  pins: readonly number[];
}

/** What a user is to be; null: let in at all hours. */
export interface UserChange {
  name?: string;
  hours: LockHours['kind'] | null;
}

/**
 * The users of a lock with their PINs and hours, which the lock itself keeps. Each call is one that is not sent after
 * `withinMs`. All raise LOCK_UNREACHABLE, LOCK_RESTARTED, LOCK_REFUSED, UNSUPPORTED_COMMAND.
 */
export interface LockUsers {
  /** `next`: the next slot above that is in use. */
  read(slot: number, withinMs: number): Promise<{ user?: LockUser; next?: number }>;
  isPinFree(index: number, withinMs: number): Promise<boolean>;
  /** How many users and PINs there can be. */
  readonly most: { users: number; pins: number };
  /** Raises SLOT_TAKEN, PIN_SLOTS_FULL as well. */
  add(slot: number, user: Required<UserChange>, withinMs: number): Promise<void>;
  change(slot: number, change: UserChange, withinMs: number): Promise<void>;
  /** Sets a user's one schedule of this kind; which kind counts is said by `add` and `change`. */
  setHours(slot: number, hours: LockHours, withinMs: number): Promise<void>;
  /** Gives a user a PIN (`isNew`), or another one in the place of it. Raises PIN_DUPLICATE, PIN_SLOTS_FULL, SLOT_TAKEN as well. */
  setPin(
    slot: number,
    pin: { index: number; digits: string; isNew: boolean },
    withinMs: number,
  ): Promise<void>;
  /** Removes a user with its PINs and hours. */
  clear(slot: number, withinMs: number): Promise<void>;
  /** Sets clock and time zone where the lock keeps them by Matter; elsewhere nothing. `at`: epoch milliseconds. */
  setClock(clock: { at: number; zone: string }, withinMs: number): Promise<void>;
}

/** What tells a device apart from others, and what it is. */
export interface DeviceIdentity {
  vendorId: number;
  productId: number;
  name: string;
  serial?: string;
  uniqueId?: string;
  /** Matter's number of the device type of its first endpoint. */
  deviceType: number;
}

export type AttestationPolicy = 'strict' | 'warn' | 'test';

/** How far a pairing is, in the words that pages know. */
export type PairingStep = 'discovering' | 'pairing' | 'attesting' | 'subscribing';

export interface PairedNode {
  nodeId: string;
  identity: DeviceIdentity;
  /** Absent: the device is no door lock. */
  lock?: MatterLock;
  attestation: 'verified' | 'not-verified' | 'test-certificate';
}

/** The place that a pairing gives a device on our fabric, and where the device answered. */
export interface NodePlace {
  nodeId: string;
  ip: string;
  port: number;
}

/** Where a device may be, for networks without mDNS. */
export interface KnownAddress {
  ip: string;
  port: number;
  /** Absent: any device may be there. */
  discriminator?: number;
}

export interface MatterController {
  /** Everything that is paired, as it is known at start and after each pairing. */
  nodes(): readonly { nodeId: string; identity: DeviceIdentity; lock?: MatterLock }[];
  /**
   * Pairs a device by what its code says. Raises a MatterFailure named as matter-hub 7 has it; `signal` ends it with
   * CANCELLED. From `onClaim` on the device may be left on our fabric, whatever the end is: nothing is given to it before
   * that has resolved, and nothing when it throws.
   */
  commission(
    code: { passcode: number; shortDiscriminator: number; longDiscriminator?: number },
    options: {
      signal: AbortSignal;
      policy: AttestationPolicy;
      onStep: (step: PairingStep) => void;
      onClaim: (place: NodePlace) => Promise<void>;
    },
  ): Promise<PairedNode>;
  /**
   * Takes a pairing up again that was cut off after `onClaim`, and brings it to its end if the device waits for that;
   * undefined: the device says that it is not on our fabric. Raises LOCK_UNREACHABLE and others when that is not known.
   */
  finish(place: NodePlace): Promise<Omit<PairedNode, 'attestation'> | undefined>;
  /** Sees to it that no device holds this place on our fabric. Raises as `finish` does. */
  release(place: NodePlace): Promise<void>;
  /** Takes a node off the fabric; `force` drops it here without asking it. Raises LOCK_UNREACHABLE. */
  remove(nodeId: string, options: { force: boolean }): Promise<void>;
  /** Called when a lock comes or goes. */
  onReach(listener: (nodeId: string) => void): void;
  close(): Promise<void>;
}
