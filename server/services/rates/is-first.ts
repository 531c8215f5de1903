import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';

/** True at most once in `everySeconds`, whatever is repeated: the count stands in the same transaction. */
export async function isFirst(
  tx: Pick<Executor, 'execute'>,
  subject: string,
  now: Date,
  everySeconds: number,
): Promise<boolean> {
  const before = new Date(now.getTime() - everySeconds * 1_000).toISOString();
  const rows = await tx.execute(sql`
    insert into rate_counts as r (subject, window_start, count) values (${subject}, ${now.toISOString()}, 1)
    on conflict (subject) do update set window_start = excluded.window_start
    where r.window_start <= ${before}::timestamptz returning subject`);
  return rows.length > 0;
}
