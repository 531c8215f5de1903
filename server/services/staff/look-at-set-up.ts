import { and, eq, gt, isNull } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { Deps } from '../deps';
import { hashToken } from '../secrets';
import type { StaffRow } from './account';

/** The account behind a set-up link that is still good; undefined: unknown, used, too old, or the account is off. */
export async function findSetUp(
  executor: Pick<Executor, 'select'>,
  token: string,
  now: Date,
): Promise<StaffRow | undefined> {
  const [row] = await executor
    .select()
    .from(staffAccounts)
    .where(
      and(
        eq(staffAccounts.setupHash, hashToken(token.trim())),
        gt(staffAccounts.setupExpiresAt, now),
        isNull(staffAccounts.disabledAt),
      ),
    );
  return row;
}

/** Whose account a set-up link sets up, for the page that asks for the password; undefined: the link is no good. */
export async function lookAtSetUp(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  token: string,
): Promise<{ email: string; name: string } | undefined> {
  const row = await findSetUp(db, token, clock.now());
  return row && { email: row.email, name: row.name };
}
