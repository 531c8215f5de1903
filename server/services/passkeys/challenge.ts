import { randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import { passkeyChallenges } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

type ChallengeRow = typeof passkeyChallenges.$inferSelect;
type Purpose = ChallengeRow['purpose'];

/** What a challenge is bound to. */
export interface ChallengeOf {
  purpose: Purpose;
  /** Absent: whoever signs in, or a member of the staff. */
  userId?: number;
  /** The member of the staff that it is for. */
  accountId?: number;
  /** Of an opening, of settings, and of a guest link its first door. */
  lockId?: number;
}

const lifeMs: Record<Purpose, number> = {
  register: 300_000,
  'sign-in': 300_000,
  open: 60_000,
  settings: 60_000,
  link: 60_000,
  'staff-register': 300_000,
  'staff-prove': 300_000,
};
const idBytes = 16;

/**
 * Makes a challenge for one purpose, good once and for a few minutes, of a lock for 60 seconds. Its first bytes are
 * the row's id, so that what comes back names its row. Those that have run out go on the way.
 */
export async function makeChallenge(
  executor: Executor,
  { purpose, userId, accountId, lockId }: ChallengeOf,
  now: Date,
): Promise<Buffer> {
  await executor.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, now));
  const id = randomUUID();
  const challenge = Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), randomBytes(32)]);
  await executor.insert(passkeyChallenges).values({
    id,
    purpose,
    userId: userId ?? null,
    accountId: accountId ?? null,
    lockId: lockId ?? null,
    challenge,
    expiresAt: new Date(now.getTime() + lifeMs[purpose]),
  });
  return challenge;
}

/** The challenge that a browser says it has answered; undefined: none of ours. */
function answeredChallenge(clientDataJSON: string): Buffer | undefined {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    const challenge = (told as { challenge?: unknown } | null)?.challenge;
    const bytes = typeof challenge === 'string' ? Buffer.from(challenge, 'base64url') : undefined;
    return bytes !== undefined && bytes.length > idBytes ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the challenge that was answered out of the table: whoever comes second finds none. Undefined when it was made
 * for another purpose, person or lock, is used, or has run out; it is gone then too, unless it is somebody else's.
 */
export async function takeChallenge(
  executor: Executor,
  clientDataJSON: string,
  { purpose, userId, accountId, lockId }: ChallengeOf,
  now: Date,
): Promise<string | undefined> {
  const answered = answeredChallenge(clientDataJSON);
  if (answered === undefined) return undefined;
  const hex = answered.subarray(0, idBytes).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const [row] = await executor
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.id, id),
        userId === undefined ? undefined : eq(passkeyChallenges.userId, userId),
        accountId === undefined ? undefined : eq(passkeyChallenges.accountId, accountId),
      ),
    )
    .returning();
  if (row === undefined) return undefined;
  const isFit =
    row.purpose === purpose &&
    row.userId === (userId ?? null) &&
    row.accountId === (accountId ?? null) &&
    row.lockId === (lockId ?? null) &&
    row.expiresAt > now &&
    row.challenge.length === answered.length &&
    timingSafeEqual(row.challenge, answered);
  return isFit ? answered.toString('base64url') : undefined;
}
