import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { SetUpLink } from '../../contracts/staff';
import { toTimestamp } from '../../contracts/values';
import type { Executor } from '../../db/client';
import { setUpLifeMs } from '../../domain/staff-session';
import { hashToken, randomKey } from '../secrets';

export interface SetUpSecret {
  /** Path of the page that takes it, with the token. */
  path: string;
  expiresAt: Date;
}

/** Makes the link that sets an account's password, in place of an older one. Only its hash is kept. */
export async function issueSetUp(executor: Executor, accountId: number, now: Date): Promise<SetUpSecret> {
  const token = randomKey();
  const expiresAt = new Date(now.getTime() + setUpLifeMs);
  await executor
    .update(staffAccounts)
    .set({ setupHash: hashToken(token), setupExpiresAt: expiresAt })
    .where(eq(staffAccounts.id, accountId));
  return { path: `/support/set-up?token=${token}`, expiresAt };
}

/** The link as it is shown; `origin` without a slash at the end. */
export const toSetUpLink = ({ path, expiresAt }: SetUpSecret, origin: string): SetUpLink => ({
  url: `${origin}${path}`,
  expirationTime: toTimestamp(expiresAt),
});
