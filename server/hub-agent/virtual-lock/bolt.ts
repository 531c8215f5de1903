import type { JsonObject } from '@/server/domain/json';
import {
  endUnfinished,
  type Journal,
  judge,
  readShadowCommand,
  saidOf,
  type Verdict,
  withEntry,
} from '../journal';
import type { TimeBounds } from '../service-clock';

export type BoltPosition = 'LOCKED' | 'UNLOCKED';
export type LockStateName = BoltPosition | 'JAMMED' | 'NOT_FULLY_LOCKED';
export const doorStates = ['CLOSED', 'OPEN', 'AJAR', 'JAMMED', 'FORCED', 'UNKNOWN'] as const;
export type DoorStateName = (typeof doorStates)[number];
export type OperationSource = 'remote' | 'manual' | 'auto';

/** A command of the shadow, with what this lock needs of it (matter-hub 8). */
export interface Command {
  id: string;
  /** Where it wants the bolt; undefined for a type this lock does not know. */
  to: BoltPosition | undefined;
  /** Epoch milliseconds of the service's clock; undefined when it was not readable. */
  expiresAt: number | undefined;
}

/** Everything the lock remembers, also across a restart. */
export interface Bolt {
  lockState: LockStateName;
  doorState: DoorStateName;
  batteryPercent: number;
  /** Something is in the bolt's way. */
  isObstructed: boolean;
  lastOperation?: { type: 'lock' | 'unlock'; source: OperationSource; at: number };
  journal: Journal;
  /** The command that reports speak of. */
  spokenOf?: string;
  /** How often the bolt really went open on command. */
  actuations: number;
}

export const newBolt: Bolt = {
  lockState: 'LOCKED',
  doorState: 'CLOSED',
  batteryPercent: 90,
  isObstructed: false,
  journal: [],
  actuations: 0,
};

/** Judges a command, and tells where it wants the bolt. `time` as in `judge`. */
export function decide(
  command: Command,
  bolt: Bolt,
  time: TimeBounds | undefined,
): Exclude<Verdict, { kind: 'run' }> | { kind: 'run'; to: BoltPosition } {
  const { id, expiresAt, to } = command;
  const verdict = judge({ id, expiresAt, isKnown: to !== undefined }, bolt, time);
  if (verdict.kind !== 'run') return verdict;
  return to === undefined ? { kind: 'ignore' } : { kind: 'run', to };
}

export type BoltEvent =
  | { type: 'accepted'; command: Command }
  | { type: 'refused'; command: Command; state: 'expired' | 'failed'; error?: string }
  | { type: 'repeated'; id: string }
  /** The motor ran its course; an obstructed bolt does not arrive. */
  | { type: 'driven'; to: BoltPosition; source: OperationSource; command?: { id: string; invokeMs: number } }
  /** The process ended between taking a command and the bolt's arrival: it is never tried a second time. */
  | { type: 'restarted' }
  | { type: 'obstructed' }
  | { type: 'freed' }
  | { type: 'doorSet'; doorState: DoorStateName }
  | { type: 'batterySet'; percent: number };

const operationOf = (to: BoltPosition) => (to === 'LOCKED' ? 'lock' : 'unlock');

function drive(bolt: Bolt, event: Extract<BoltEvent, { type: 'driven' }>, at: number): Bolt {
  const { to, source, command } = event;
  const known = bolt.journal.find((entry) => entry.id === command?.id);
  const isStuck = bolt.isObstructed;
  const entry: Journal[number] | undefined = command && {
    ...command,
    expiresAt: known?.expiresAt ?? at,
    ...(isStuck ? { state: 'failed', error: 'JAMMED' } : { state: 'succeeded' }),
  };
  const journal = entry === undefined ? bolt.journal : withEntry(bolt.journal, entry, at);
  if (isStuck) return { ...bolt, journal, lockState: to === 'LOCKED' ? 'NOT_FULLY_LOCKED' : 'JAMMED' };
  return {
    ...bolt,
    journal,
    lockState: to,
    lastOperation: { type: operationOf(to), source, at },
    actuations: bolt.actuations + (command !== undefined && to === 'UNLOCKED' ? 1 : 0),
  };
}

/** Applies what happened. `at`: epoch milliseconds. */
export function evolve(bolt: Bolt, event: BoltEvent, at: number): Bolt {
  switch (event.type) {
    case 'accepted':
    case 'refused': {
      const { command } = event;
      const entry: Journal[number] = {
        id: command.id,
        expiresAt: command.expiresAt ?? at,
        state: event.type === 'accepted' ? 'accepted' : event.state,
        ...(event.type === 'refused' && event.error !== undefined ? { error: event.error } : {}),
      };
      return { ...bolt, journal: withEntry(bolt.journal, entry, at), spokenOf: command.id };
    }
    case 'repeated':
      return { ...bolt, spokenOf: event.id };
    case 'driven':
      return { ...drive(bolt, event, at), ...(event.command ? { spokenOf: event.command.id } : {}) };
    case 'restarted':
      return { ...bolt, journal: endUnfinished(bolt.journal, 'LOCK_RESTARTED') };
    case 'obstructed':
      return { ...bolt, isObstructed: true };
    case 'freed': {
      // The bolt that stuck half way slides back into the frame.
      const isStuck = bolt.lockState === 'JAMMED' || bolt.lockState === 'NOT_FULLY_LOCKED';
      return {
        ...bolt,
        isObstructed: false,
        ...(isStuck ? { lockState: 'LOCKED', lastOperation: { type: 'lock', source: 'manual', at } } : {}),
      };
    }
    case 'doorSet':
      return { ...bolt, doorState: event.doorState };
    case 'batterySet':
      return { ...bolt, batteryPercent: event.percent };
  }
}

/** Reads `command` of a delta; undefined when there is none with an id, as after our own report of it. */
export function readCommand(delta: JsonObject): Command | undefined {
  const command = readShadowCommand(delta);
  if (command === undefined) return undefined;
  const { id, type, expiresAt } = command;
  return {
    id,
    to: type === 'unlock' || type === 'unbolt' ? 'UNLOCKED' : type === 'lock' ? 'LOCKED' : undefined,
    expiresAt,
  };
}

/**
 * The whole reported section. It always names the command it speaks of, so that a bolt turned by hand is not taken
 * for the answer to a command under way.
 */
export function reportOf(bolt: Bolt): JsonObject {
  const spoken = bolt.journal.find((entry) => entry.id === bolt.spokenOf);
  const percent = bolt.batteryPercent;
  return {
    lockState: bolt.lockState,
    doorState: bolt.doorState,
    battery: { percent, level: percent < 10 ? 'critical' : percent < 20 ? 'low' : 'ok' },
    reachable: true,
    alarm: bolt.lockState === 'JAMMED' || bolt.lockState === 'NOT_FULLY_LOCKED' ? 'LOCK_JAMMED' : null,
    features: ['unbolt', 'doorPosition', 'battery'],
    ...(bolt.lastOperation === undefined ? {} : { lastOperation: { ...bolt.lastOperation } }),
    ...(spoken === undefined ? {} : { command: saidOf(spoken) }),
  };
}
