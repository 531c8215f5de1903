import { asc, eq } from 'drizzle-orm';
import { staffPasskeys } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

type Reader = Pick<Executor, 'select'>;

/** The passkeys of a staff account, oldest first. */
export const staffPasskeysOf = (executor: Reader, accountId: number) =>
  executor
    .select()
    .from(staffPasskeys)
    .where(eq(staffPasskeys.accountId, accountId))
    .orderBy(asc(staffPasskeys.createdAt), asc(staffPasskeys.id));

/** Whether a staff account can prove its second factor by a passkey. */
export async function hasStaffPasskey(executor: Reader, accountId: number): Promise<boolean> {
  const found = await executor
    .select({ id: staffPasskeys.id })
    .from(staffPasskeys)
    .where(eq(staffPasskeys.accountId, accountId))
    .limit(1);
  return found.length > 0;
}
