import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import { shadowAnswerMs } from '../../domain/lock/opening';
import type { Deps } from '../deps';
import { type LockRow, lockThing } from '../locks/load-lock';
import type { OpeningRow } from '../locks/view';
import { markSent } from './mark-sent';
import { markUndelivered } from './mark-undelivered';
import { reopen } from './reopen';

export type Delivery =
  | { kind: 'sent'; opening: OpeningRow }
  | { kind: 'undelivered'; why: 'unsent' | 'rejected' | 'silent' | 'over' };

const inFlight = new WeakMap<Deps, Map<string, Promise<Delivery>>>();
const pollMs = 25;
let attempts = 0;

async function publish(deps: Deps, lock: LockRow, actuation: OpeningRow): Promise<Delivery> {
  const thing = lockThing(lock.uuid);
  attempts += 1;
  const answer = await deps.shadow.update(
    thing,
    {
      desired: {
        command: {
          id: actuation.id,
          type: 'unlock',
          issuedAt: actuation.createdAt.getTime(),
          expiresAt: actuation.expiresAt.getTime(),
        },
      },
    },
    `${actuation.id}.${attempts}`,
    shadowAnswerMs,
  );
  switch (answer.kind) {
    case 'accepted':
      return { kind: 'sent', opening: await markSent(deps, lock.id, actuation.id, answer.version) };
    case 'unsent':
      await markUndelivered(deps, lock.id, actuation.id, 'failed', 'SHADOW_UNREACHABLE');
      return { kind: 'undelivered', why: 'unsent' };
    case 'rejected':
      deps.log.warn(
        { lockId: lock.id, code: answer.code, reply: answer.message },
        'shadow refused an opening',
      );
      await markUndelivered(deps, lock.id, actuation.id, 'failed', 'SHADOW_REJECTED');
      return { kind: 'undelivered', why: 'rejected' };
    case 'silent':
      await markUndelivered(deps, lock.id, actuation.id, 'unresolved', 'SHADOW_SILENT');
      // Best effort: the bridge withdraws it at expiry in any case.
      void deps.shadow.update(thing, { desired: { command: null } }, `withdraw.${attempts}`, shadowAnswerMs);
      return { kind: 'undelivered', why: 'silent' };
  }
}

/** Another process is handing the command over: its word is awaited, not doubled. */
async function awaitOther(deps: Deps, actuation: OpeningRow): Promise<OpeningRow> {
  const until = actuation.createdAt.getTime() + shadowAnswerMs + 300;
  let row = actuation;
  while (row.status === 'pending' && deps.clock.now().getTime() < until) {
    await delay(pollMs);
    const [read] = await deps.db.select().from(openings).where(eq(openings.id, actuation.id));
    if (read === undefined) break;
    row = read;
  }
  return row;
}

/**
 * Brings the command of an actuation into the lock's shadow, once: callers of one actuation share one write, a command
 * that was taken is not written again, one that was not is tried again under its own id while it lives.
 */
export async function deliver(
  deps: Deps,
  lock: LockRow,
  actuation: OpeningRow,
  isNew: boolean,
): Promise<Delivery> {
  let flights = inFlight.get(deps);
  if (flights === undefined) {
    flights = new Map();
    inFlight.set(deps, flights);
  }
  const known = flights.get(actuation.id);
  if (known !== undefined) return known;
  const flight = (async (): Promise<Delivery> => {
    if (isNew) return publish(deps, lock, actuation);
    const row = await awaitOther(deps, actuation);
    if (
      row.event !== null ||
      row.status === 'sent' ||
      row.status === 'accepted' ||
      row.status === 'confirmed'
    ) {
      return { kind: 'sent', opening: row };
    }
    const again = await reopen(deps, lock.id, actuation.id);
    return again === undefined ? { kind: 'undelivered', why: 'over' } : publish(deps, lock, again);
  })().finally(() => flights.delete(actuation.id));
  flights.set(actuation.id, flight);
  return flight;
}
