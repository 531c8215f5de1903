import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { Clock } from '../deps';

/**
 * Counts an attempt that must hold across processes; raises `rate_limited` with the seconds to wait past `most` in
 * `windowSeconds`.
 */
export async function countAttempt(
  { db, clock }: { db: Pick<Executor, 'execute'>; clock: Clock },
  subject: string,
  most: number,
  windowSeconds: number,
): Promise<void> {
  const now = clock.now();
  const oldest = new Date(now.getTime() - windowSeconds * 1000);
  const rows = await db.execute<{ count: number; window_start: string }>(sql`
    insert into rate_counts as r (subject, window_start, count) values (${subject}, ${now.toISOString()}, 1)
    on conflict (subject) do update set
      count = case when r.window_start <= ${oldest.toISOString()}::timestamptz then 1 else r.count + 1 end,
      window_start = case when r.window_start <= ${oldest.toISOString()}::timestamptz then excluded.window_start else r.window_start end
    returning count, window_start`);
  const row = rows[0];
  if (row === undefined || row.count <= most) return;
  const endsAt = new Date(row.window_start).getTime() + windowSeconds * 1000;
  throw new Failure('rate_limited', {
    reason: 'RATE_LIMIT_EXCEEDED',
    message: 'Too many attempts. Wait a moment and try again.',
    retryAfterSeconds: Math.max(1, Math.ceil((endsAt - now.getTime()) / 1000)),
  });
}
