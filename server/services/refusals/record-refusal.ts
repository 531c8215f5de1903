import { sql } from 'drizzle-orm';
import type { RefusalCause, RefusalView } from '../../contracts/activity';
import type { Database } from '../../db/client';
import { identityOf, type Principal } from '../../domain/principal';
import { type HomeEvent, record } from '../../event-store/outbox';
import type { Caller, Deps } from '../deps';

/** Kept of one caller at one door, and of all callers at one door, within a minute; what goes beyond leaves no line. */
export const refusalsPerCaller = 6;
export const refusalsPerDoor = 30;
const callersMost = 10_000;
const waitingMost = 500;
const gatherMs = 30;

export interface Refused {
  lockId: number;
  cause: RefusalCause;
  principal: Principal;
  via: Caller['via'];
  address?: string | undefined;
  requestId?: string | undefined;
}

/** What listeners of a home are told of a refusal; never an address. */
export interface RefusalLine {
  kind: 'refusal';
  action: 'refused';
  lockIds: readonly number[];
  refusal: RefusalView;
}

interface Row extends Record<string, unknown> {
  id: string;
  lock_id: string;
  home_id: string | null;
  principal_kind: string;
  principal_id: string;
  principal_name: string;
  via: Caller['via'];
  cause: RefusalCause;
  request_id: string | null;
  created_at: string;
}

class Recorder {
  #minute = 0;
  #ofCallers = new Map<string, number>();
  #ofDoors = new Map<number, number>();
  #waiting: (Refused & { at: Date })[] = [];
  #isWriting = false;

  /** Whether one more may be kept, which is then counted. */
  admits({ lockId, principal }: Pick<Refused, 'lockId' | 'principal'>, now: Date): boolean {
    const minute = Math.floor(now.getTime() / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#ofCallers.clear();
      this.#ofDoors.clear();
    }
    const { kind, id } = identityOf(principal);
    const caller = `${lockId} ${kind} ${id}`;
    const [byCaller, atDoor] = [this.#ofCallers.get(caller) ?? 0, this.#ofDoors.get(lockId) ?? 0];
    const isFull = this.#ofCallers.size >= callersMost && byCaller === 0;
    if (byCaller >= refusalsPerCaller || atDoor >= refusalsPerDoor || isFull) return false;
    this.#ofCallers.set(caller, byCaller + 1);
    this.#ofDoors.set(lockId, atDoor + 1);
    return true;
  }

  add(deps: Pick<Deps, 'db' | 'bus' | 'log'>, refused: Refused & { at: Date }): void {
    if (this.#waiting.length >= waitingMost) return;
    this.#waiting.push(refused);
    if (this.#isWriting) return;
    this.#isWriting = true;
    setTimeout(() => void this.#write(deps), gatherMs).unref();
  }

  async #write(deps: Pick<Deps, 'db' | 'bus' | 'log'>): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, waitingMost);
      try {
        deps.bus.announce(await write(deps.db, batch));
      } catch (error) {
        deps.log.warn({ err: error, count: batch.length }, 'refusals were not recorded');
      }
    }
    this.#isWriting = false;
  }
}

const toLine = (row: Row): RefusalLine => ({
  kind: 'refusal',
  action: 'refused',
  lockIds: [Number(row.lock_id)],
  refusal: {
    id: `r${row.id}`,
    lockId: Number(row.lock_id),
    who: { kind: row.principal_kind, id: row.principal_id, name: row.principal_name },
    via: row.via,
    cause: row.cause,
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
    createdAt: new Date(row.created_at).toISOString(),
  },
});

/** Locks that do not exist drop out by the join, and nobody's refusals are kept. */
function write(
  db: Database,
  refused: readonly (Refused & { at: Date })[],
): Promise<(HomeEvent | undefined)[]> {
  const rows = refused.map(({ lockId, principal, via, cause, address, requestId, at }) => {
    const { kind, id, name } = identityOf(principal);
    return { lock: lockId, kind, id, name, via, cause, address, request: requestId, at: at.toISOString() };
  });
  return db.transaction(async (tx) => {
    const kept = await tx.execute<Row>(sql`
      insert into refusals (lock_id, home_id, principal_kind, principal_id, principal_name, via, cause, address, request_id, created_at)
      select l.id, l.home_id, r.kind, r.id, r.name, r.via, r.cause, r.address, r.request, r.at
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as r(lock bigint, kind text, id text, name text, via text, cause text, address text, request text, at timestamptz)
      join locks l on l.id = r.lock and l.removed_at is null
      returning id::text, lock_id::text, home_id::text, principal_kind, principal_id, principal_name, via, cause, request_id, created_at::text`);
    const lines: (HomeEvent | undefined)[] = [];
    // In one order of homes, so that two of these never wait for each other.
    const sorted = [...kept].sort((one, other) => Number(one.home_id) - Number(other.home_id));
    for (const row of sorted) {
      if (row.home_id !== null) lines.push(await record(tx, Number(row.home_id), 'access', toLine(row)));
    }
    return lines;
  });
}

const recorders = new WeakMap<object, Recorder>();
function recorderOf(db: Database): Recorder {
  let recorder = recorders.get(db);
  if (recorder === undefined) {
    recorder = new Recorder();
    recorders.set(db, recorder);
  }
  return recorder;
}

type Recording = Pick<Deps, 'db' | 'bus' | 'log' | 'clock'>;

/**
 * Keeps who was turned away at a door, beside the answer and never in its way: gathered, bounded in number a minute,
 * and dropped with a warning when it cannot be written. `cause` may be found out later, for what is kept alone.
 */
export function recordRefusal(
  deps: Recording,
  refused: Omit<Refused, 'cause'> & { cause: RefusalCause | (() => Promise<RefusalCause>) },
): void {
  const recorder = recorderOf(deps.db);
  const at = deps.clock.now();
  if (!recorder.admits(refused, at)) return;
  const { cause } = refused;
  if (typeof cause === 'string') recorder.add(deps, { ...refused, cause, at });
  else
    cause().then(
      (found) => recorder.add(deps, { ...refused, cause: found, at }),
      (error: unknown) => deps.log.warn({ err: error }, 'the cause of a refusal was not found out'),
    );
}
