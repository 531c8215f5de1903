import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';

const isOf = (subject: string) => sql`(subject = ${subject} or starts_with(subject, ${`${subject} `}))`;

/** Subjects of the counts of an account: its sign-ins, each with the address behind it, and messages to it. */
export const loginSubject = (projectId: number, account: string): string =>
  `login ${projectId} ${account.toLowerCase()}`;
export const sendingSubject = (projectId: number, address: string): string =>
  `send to ${projectId} ${address.toLowerCase()}`;

/** Whether a subject, or one that goes on after it, has been counted more often than `most` since an instant. */
export async function hasAttempts(
  executor: Pick<Executor, 'execute'>,
  subject: string,
  most: number,
  since: Date,
): Promise<boolean> {
  const rows = await executor.execute(sql`
    select 1 from rate_counts where ${isOf(subject)} and count > ${most}
      and window_start > ${since.toISOString()}::timestamptz limit 1`);
  return rows.length > 0;
}

/** Forgets what was counted of subjects and of those that go on after them. Returns how many counts there were. */
export async function clearAttempts(
  executor: Pick<Executor, 'execute'>,
  subjects: readonly string[],
): Promise<number> {
  let cleared = 0;
  for (const subject of subjects) {
    const rows = await executor.execute(
      sql`delete from rate_counts where ${isOf(subject)} returning subject`,
    );
    cleared += rows.length;
  }
  return cleared;
}
