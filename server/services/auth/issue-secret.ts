import { randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { verifications } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { invitationLifeMs } from '../../domain/invitation';
import { hashToken, randomKey } from '../secrets';

type Purpose = (typeof verifications.$inferSelect)['purpose'];

const hourMs = 3_600_000;
const lifeMs: Record<Purpose, number> = {
  email: 7 * 24 * hourMs,
  invitation: invitationLifeMs,
  'password-reset': 24 * hourMs,
  phone: hourMs / 6,
};

/** What is stored of a code: six digits alone would collide between people. */
export const hashCode = (userId: number, code: string): Buffer => hashToken(`${userId}:${code}`);

/**
 * Makes the secret of a mail or SMS, of which only the hash is kept (quality, security values): six digits for a phone,
 * a token for the rest. A new one replaces the old; invitations to several homes are good side by side until one of
 * them is used.
 */
export async function issueSecret(
  executor: Executor,
  userId: number,
  purpose: Purpose,
  now: Date,
): Promise<{ secret: string; expiresAt: Date }> {
  if (purpose !== 'invitation') await spendSecrets(executor, userId, [purpose], now);
  const secret = purpose === 'phone' ? String(randomInt(0, 1_000_000)).padStart(6, '0') : randomKey();
  const expiresAt = new Date(now.getTime() + lifeMs[purpose]);
  await executor.insert(verifications).values({
    userId,
    purpose,
    secretHash: purpose === 'phone' ? hashCode(userId, secret) : hashToken(secret),
    createdAt: now,
    expiresAt,
  });
  return { secret, expiresAt };
}

/** Makes what was sent to a person for these purposes worthless. */
export async function spendSecrets(
  executor: Executor,
  userId: number,
  purposes: readonly Purpose[],
  now: Date,
): Promise<void> {
  for (const purpose of purposes) {
    await executor
      .update(verifications)
      .set({ usedAt: now })
      .where(
        and(
          eq(verifications.userId, userId),
          eq(verifications.purpose, purpose),
          isNull(verifications.usedAt),
        ),
      );
  }
}
