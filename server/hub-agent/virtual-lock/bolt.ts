import { isJsonObject, type Json, type JsonObject } from '@/server/domain/json';
import type { TimeBounds } from './service-clock';

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

/** What became of one command id. `accepted`: taken, the bolt has not been seen to arrive. */
export interface JournalEntry {
  id: string;
  state: 'accepted' | 'succeeded' | 'failed' | 'expired';
  error?: string;
  invokeMs?: number;
  /** Kept so that an entry whose command might still be redelivered alive is never dropped. */
  expiresAt: number;
}

/** Everything the lock remembers, also across a restart. */
export interface Bolt {
  lockState: LockStateName;
  doorState: DoorStateName;
  batteryPercent: number;
  /** Something is in the bolt's way. */
  isObstructed: boolean;
  lastOperation?: { type: 'lock' | 'unlock'; source: OperationSource; at: number };
  /** Oldest first, one entry a command id. */
  journal: readonly JournalEntry[];
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

/** matter-hub 8: a journal of the last 200 results answers redelivery. */
export const journalLength = 200;

/** What to do with a command that arrived. */
export type Verdict =
  /** Reports speak of it already. */
  | { kind: 'ignore' }
  /** Known: say again what became of it. */
  | { kind: 'repeat' }
  /** The service's time is not known well enough to judge. */
  | { kind: 'unsure' }
  | { kind: 'refuse'; state: 'expired' | 'failed'; error?: string }
  | { kind: 'run'; to: BoltPosition };

/** Whether a command may have run out; on the edge of what is known of the time it counts as run out. */
export const isExpired = (expiresAt: number, time: TimeBounds): boolean => time.latest >= expiresAt;

/**
 * Judges a command from the shadow. A desired *state* is no command and never gets here.
 * `time`: bounds of the service's clock, undefined when unsure by more than 5 s (model 3, clocks).
 */
export function decide(command: Command, bolt: Bolt, time: TimeBounds | undefined): Verdict {
  if (command.id === bolt.spokenOf) return { kind: 'ignore' };
  if (bolt.journal.some((entry) => entry.id === command.id)) return { kind: 'repeat' };
  if (command.expiresAt === undefined) return { kind: 'refuse', state: 'failed', error: 'INVALID_COMMAND' };
  if (time === undefined) return { kind: 'unsure' };
  if (isExpired(command.expiresAt, time)) return { kind: 'refuse', state: 'expired' };
  if (command.to === undefined) return { kind: 'refuse', state: 'failed', error: 'UNSUPPORTED_COMMAND' };
  return { kind: 'run', to: command.to };
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

/** Writes a result, replacing what stood for the id; the newest 200 stay, and all that has not run out by `at`. */
function withEntry(
  journal: readonly JournalEntry[],
  entry: JournalEntry,
  at: number,
): readonly JournalEntry[] {
  const others = journal.filter((other) => other.id !== entry.id);
  const surplus = others.length + 1 - journalLength;
  return [...others.filter((other, index) => index >= surplus || other.expiresAt > at), entry];
}

function drive(bolt: Bolt, event: Extract<BoltEvent, { type: 'driven' }>, at: number): Bolt {
  const { to, source, command } = event;
  const known = bolt.journal.find((entry) => entry.id === command?.id);
  const isStuck = bolt.isObstructed;
  const entry: JournalEntry | undefined = command && {
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
      const entry: JournalEntry = {
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
      return {
        ...bolt,
        journal: bolt.journal.map((entry) =>
          entry.state === 'accepted' ? { ...entry, state: 'failed', error: 'LOCK_RESTARTED' } : entry,
        ),
      };
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
  const command = Object.hasOwn(delta, 'command') ? delta.command : undefined;
  if (!isJsonObject(command)) return undefined;
  const member = (name: string): Json | undefined =>
    Object.hasOwn(command, name) ? command[name] : undefined;
  const id = member('id');
  if (typeof id !== 'string' || id === '' || id.length > 128) return undefined;
  const type = member('type');
  const expiresAt = member('expiresAt');
  return {
    id,
    to: type === 'unlock' || type === 'unbolt' ? 'UNLOCKED' : type === 'lock' ? 'LOCKED' : undefined,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : undefined,
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
    ...(spoken === undefined
      ? {}
      : {
          command: {
            id: spoken.id,
            state: spoken.state,
            // null takes away what an earlier command left in the shadow.
            error: spoken.error ?? null,
            invokeMs: spoken.invokeMs ?? null,
          },
        }),
  };
}
