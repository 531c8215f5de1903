import { isJsonObject, type Json, type JsonObject } from '@/server/domain/json';
import type { TimeBounds } from './service-clock';

/** A command of the shadow, with what everyone needs of it (matter-hub 8). */
export interface ShadowCommand {
  id: string;
  /** Undefined when it was no text. */
  type: string | undefined;
  /** Epoch milliseconds of the service's clock; undefined when it was not readable. */
  expiresAt: number | undefined;
  /** Everything that was sent, for what one type alone has. */
  members: JsonObject;
}

/** What became of one command id. `accepted`: taken, its end has not been seen. */
export interface JournalEntry {
  id: string;
  state: 'accepted' | 'succeeded' | 'failed' | 'expired';
  error?: string;
  invokeMs?: number;
  /** What was to be done, for one who has to find out after a restart what came of it. */
  wanted?: string;
  /** Of a PIN command: the user of the lock that it was about. */
  slot?: number;
  /** Kept so that an entry whose command might still be redelivered alive is never dropped. */
  expiresAt: number;
}

/** Oldest first, one entry a command id. */
export type Journal = readonly JournalEntry[];

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
  | { kind: 'run' };

/** Whether a command may have run out; on the edge of what is known of the time it counts as run out. */
export const isExpired = (expiresAt: number, time: TimeBounds): boolean => time.latest >= expiresAt;

/**
 * Judges a command from the shadow. A desired *state* is no command and never gets here. `isKnown`: its type is one that
 * this device carries out. `time`: bounds of the service's clock, undefined when unsure by more than 5 s (model 3).
 */
export function judge(
  command: { id: string; expiresAt: number | undefined; isKnown: boolean },
  { journal, spokenOf }: { journal: Journal; spokenOf?: string | undefined },
  time: TimeBounds | undefined,
): Verdict {
  if (command.id === spokenOf) return { kind: 'ignore' };
  if (journal.some((entry) => entry.id === command.id)) return { kind: 'repeat' };
  if (command.expiresAt === undefined) return { kind: 'refuse', state: 'failed', error: 'INVALID_COMMAND' };
  if (time === undefined) return { kind: 'unsure' };
  if (isExpired(command.expiresAt, time)) return { kind: 'refuse', state: 'expired' };
  return command.isKnown
    ? { kind: 'run' }
    : { kind: 'refuse', state: 'failed', error: 'UNSUPPORTED_COMMAND' };
}

/** Writes a result, replacing what stood for the id; the newest 200 stay, and all that has not run out by `at`. */
export function withEntry(journal: Journal, entry: JournalEntry, at: number): Journal {
  const others = journal.filter((other) => other.id !== entry.id);
  const surplus = others.length + 1 - journalLength;
  return [...others.filter((other, index) => index >= surplus || other.expiresAt > at), entry];
}

/** Ends what was taken and never seen to end: it is not tried a second time. */
export const endUnfinished = (
  journal: Journal,
  error: string,
  isMeant: (id: string) => boolean = () => true,
): Journal =>
  journal.map((entry) =>
    entry.state === 'accepted' && isMeant(entry.id) ? { ...entry, state: 'failed', error } : entry,
  );

/** What reports say of a command. null takes away what an earlier command left in the shadow. */
export const saidOf = ({ id, state, error, invokeMs }: JournalEntry): JsonObject => ({
  id,
  state,
  error: error ?? null,
  invokeMs: invokeMs ?? null,
});

/** Where a command stands in a shadow. */
export type CommandPlace = 'command' | 'pin';

/** Reads a command of a delta; undefined when there is none with an id, as after our own report of it. */
export function readShadowCommand(
  delta: JsonObject,
  place: CommandPlace = 'command',
): ShadowCommand | undefined {
  const members = Object.hasOwn(delta, place) ? delta[place] : undefined;
  if (!isJsonObject(members)) return undefined;
  const member = (name: string): Json | undefined =>
    Object.hasOwn(members, name) ? members[name] : undefined;
  const id = member('id');
  if (typeof id !== 'string' || id === '' || id.length > 128) return undefined;
  const type = member('type');
  const expiresAt = member('expiresAt');
  return {
    id,
    type: typeof type === 'string' ? type : undefined,
    expiresAt: typeof expiresAt === 'number' ? expiresAt : undefined,
    members,
  };
}
