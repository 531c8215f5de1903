import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { holdRoom, quotasOf } from '../projects/require-quota';

const dayMs = 24 * 3_600_000;

/**
 * The limit of mails and SMS that a project has reached today, by UTC; undefined: one more may be written. Who writes for
 * a project with a limit waits for those who write at the same time.
 */
export async function reachedToday(
  tx: Pick<Executor, 'execute'>,
  projectId: number,
  now: Date,
): Promise<number | undefined> {
  const { maxMessagesPerDay: most } = await quotasOf(tx, projectId);
  if (most === undefined) return undefined;
  await holdRoom(tx, projectId, 'messages');
  const midnight = new Date(Math.floor(now.getTime() / dayMs) * dayMs).toISOString();
  const [row] = await tx.execute<{ count: string }>(sql`
    select count(*)::text as count from messages
    where project_id = ${projectId} and created_at >= ${midnight}::timestamptz`);
  return Number(row?.count ?? 0) >= most ? most : undefined;
}

/** Raises `rate_limited` EXCEEDED_MAX_MESSAGES_PER_DAY until the next day begins, by UTC. */
export async function requireDailyRoom(
  tx: Pick<Executor, 'execute'>,
  projectId: number,
  now: Date,
): Promise<void> {
  const most = await reachedToday(tx, projectId, now);
  if (most === undefined) return;
  const message = `the project has a limit of ${most}`;
  throw new Failure('rate_limited', {
    reason: 'EXCEEDED_MAX_MESSAGES_PER_DAY',
    message: `maxMessagesPerDay: ${message}`,
    issues: [{ field: 'maxMessagesPerDay', message }],
    retryAfterSeconds: Math.ceil((dayMs - (now.getTime() % dayMs)) / 1_000),
  });
}
