import { and, eq, sql } from 'drizzle-orm';
import { guestLinks, guestPins } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { pinResetMs, pinTries, pinWaitMs } from '../../domain/access/pin-patience';
import { Failure } from '../../domain/errors';
import type { Deps } from '../deps';
import { pinDigest } from './pins';
import type { LinkRow } from './view';

const subjectOf = (lockId: number): string => `pin lock ${lockId}`;

interface Tries {
  count: number;
  /** Epoch milliseconds of the last failure. */
  since: number;
}

async function readTries(
  executor: Pick<Executor, 'execute'>,
  subject: string,
  hold: boolean,
): Promise<Tries> {
  const [row] = await executor.execute<{ count: number; since: string }>(sql`
    select count, (extract(epoch from window_start) * 1000)::bigint::text as since
    from rate_counts where subject = ${subject} ${hold ? sql`for update` : sql``}`);
  return { count: Number(row?.count ?? 0), since: Number(row?.since ?? 0) };
}

/** Failures that still count. Raises `rate_limited` with the seconds to wait. */
function requirePatience({ count, since }: Tries, now: number): number {
  const failures = since <= now - pinResetMs ? 0 : count;
  const waitsUntil = since + pinWaitMs(failures);
  if (failures >= pinTries && waitsUntil > now) {
    throw new Failure('rate_limited', {
      reason: 'RATE_LIMIT_EXCEEDED',
      message: 'Too many wrong PINs at this door. Wait before you try again.',
      retryAfterSeconds: Math.max(1, Math.ceil((waitsUntil - now) / 1000)),
    });
  }
  return failures;
}

/**
 * Counts a try at a lock's PINs before it is looked at, so that many at once get no more tries than one after the
 * other; a row's lock holds across processes. Raises `rate_limited`.
 */
async function countTry({ db, clock }: Pick<Deps, 'db' | 'clock'>, lockId: number): Promise<void> {
  const subject = subjectOf(lockId);
  // Whoever must wait is told without queueing for the row, so that a flood of tries holds up nobody else.
  requirePatience(await readTries(db, subject, false), clock.now().getTime());
  await db.transaction(async (tx) => {
    await tx.execute(sql`insert into rate_counts (subject, window_start, count)
      values (${subject}, ${clock.now().toISOString()}, 0) on conflict (subject) do nothing`);
    const tries = await readTries(tx, subject, true);
    const now = clock.now();
    const failures = requirePatience(tries, now.getTime());
    await tx.execute(sql`update rate_counts set count = ${failures + 1}, window_start = ${now.toISOString()}
      where subject = ${subject}`);
  });
}

/** A PIN that opened is no failure: its try is taken back, and the failures of others stay. */
export async function forgiveTry({ db }: Pick<Deps, 'db'>, lockId: number): Promise<void> {
  await db.execute(
    sql`update rate_counts set count = greatest(count - 1, 0) where subject = ${subjectOf(lockId)}`,
  );
}

/**
 * The link whose PIN this is at a lock; undefined: nobody's. The try is counted; whoever opens by it forgives it, so
 * that a right PIN at the wrong time cannot be told from a wrong one. Raises `rate_limited` after five failures within
 * ten minutes, with waits that grow.
 */
export async function pinLinkOf(
  deps: Pick<Deps, 'db' | 'clock' | 'secrets'>,
  lockId: number,
  pin: string,
): Promise<LinkRow | undefined> {
  await countTry(deps, lockId);
  const [row] = await deps.db
    .select({ link: guestLinks })
    .from(guestPins)
    .innerJoin(guestLinks, eq(guestLinks.uuid, guestPins.linkUuid))
    .where(and(eq(guestPins.lockId, lockId), eq(guestPins.digest, pinDigest(deps.secrets, lockId, pin))));
  return row?.link.accessMode === 'public' ? row.link : undefined;
}
