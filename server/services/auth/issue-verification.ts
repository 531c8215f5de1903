import { randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { verifications } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { send } from '../../notify/send';
import { hashToken, randomKey } from '../secrets';

const mailLifeMs = 7 * 24 * 3_600_000;
const smsLifeMs = 10 * 60_000;

interface Subject {
  id: number;
  projectId: number;
  email: string | null;
  phoneNumber: string | null;
}

/** Makes a code or a mail token, replaces the earlier one and sends it; a phone account gets six digits (mode-api 5.7). */
export async function issueVerification(executor: Executor, user: Subject, now: Date): Promise<void> {
  const purpose = user.phoneNumber === null ? 'email' : 'phone';
  await executor
    .update(verifications)
    .set({ usedAt: now })
    .where(
      and(
        eq(verifications.userId, user.id),
        eq(verifications.purpose, purpose),
        isNull(verifications.usedAt),
      ),
    );
  const secret = purpose === 'phone' ? String(randomInt(0, 1_000_000)).padStart(6, '0') : randomKey();
  await executor.insert(verifications).values({
    userId: user.id,
    purpose,
    secretHash: hashToken(purpose === 'phone' ? `${user.id}:${secret}` : secret),
    createdAt: now,
    expiresAt: new Date(now.getTime() + (purpose === 'phone' ? smsLifeMs : mailLifeMs)),
  });
  if (user.phoneNumber !== null) {
    await send(executor, {
      projectId: user.projectId,
      channel: 'sms',
      recipient: user.phoneNumber,
      subject: '',
      body: `Your Latchkey code is ${secret}. It is good for 10 minutes.`,
    });
  } else if (user.email !== null) {
    await send(executor, {
      projectId: user.projectId,
      channel: 'mail',
      recipient: user.email,
      subject: 'Confirm your e-mail address',
      body: `Open /verify-email?token=${secret} to confirm your address. The link is good for 7 days.`,
    });
  }
}
