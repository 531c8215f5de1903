import { inArray } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import type { Deps } from '../deps';

const hourMs = 3_600_000;
/** What is written within this time goes in one statement: after a pause thousands come back at once. */
const gatherMs = 1_000;
const most = 5_000;
const waiting = new WeakMap<Database, Set<string>>();

async function write({ db, log }: Pick<Deps, 'db' | 'log'>): Promise<void> {
  const ids = [...(waiting.get(db) ?? [])];
  waiting.delete(db);
  try {
    await db
      .update(userSessions)
      .set({ lastSeenAt: new Date() })
      .where(inArray(userSessions.id, ids.slice(0, most)));
  } catch (error) {
    // Nobody's request depends on it, and the next use tries again.
    log.debug({ err: error }, 'last use of sessions was not kept');
  }
}

/** Keeps when a session was last used, to the hour, without holding up whoever uses it. */
export function markSeen(
  deps: Pick<Deps, 'db' | 'log'>,
  sessionId: string | null,
  lastSeenAt: Date | null,
): void {
  if (sessionId === null || Date.now() - (lastSeenAt?.getTime() ?? 0) < hourMs) return;
  const gathered = waiting.get(deps.db);
  if (gathered !== undefined) {
    gathered.add(sessionId);
    return;
  }
  waiting.set(deps.db, new Set([sessionId]));
  setTimeout(() => void write(deps), gatherMs).unref();
}
