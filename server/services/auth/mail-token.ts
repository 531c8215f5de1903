import { and, eq, gt, isNull } from 'drizzle-orm';
import { users, verifications } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { hashToken } from '../secrets';
import type { UserRow } from '../users/view';

type Purpose = (typeof verifications.$inferSelect)['purpose'];

export interface MailToken {
  id: number;
  user: UserRow;
}

const invalid = () =>
  new Failure('invalid', {
    reason: 'INVALID_TOKEN',
    message: 'The link is not good any more.',
    issues: [{ field: 'token', message: 'is unknown, used or too old' }],
  });

/** The account behind the token of a mail; raises INVALID_TOKEN. The token stays good until it is used. */
export async function findMailToken(
  executor: Pick<Executor, 'select'>,
  purpose: Purpose,
  token: string,
  now: Date,
): Promise<MailToken> {
  const [found] = await executor
    .select({ id: verifications.id, user: users })
    .from(verifications)
    .innerJoin(users, eq(users.id, verifications.userId))
    .where(
      and(
        eq(verifications.secretHash, hashToken(token.trim())),
        eq(verifications.purpose, purpose),
        isNull(verifications.usedAt),
        gt(verifications.expiresAt, now),
      ),
    );
  if (found === undefined) throw invalid();
  return found;
}

/** Uses a token up; of two at once one gets INVALID_TOKEN. */
export async function spendMailToken(executor: Executor, token: MailToken, now: Date): Promise<void> {
  const spent = await executor
    .update(verifications)
    .set({ usedAt: now })
    .where(and(eq(verifications.id, token.id), isNull(verifications.usedAt)))
    .returning({ id: verifications.id });
  if (spent.length === 0) throw invalid();
}
