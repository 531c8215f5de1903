import { randomInt } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { guestPins } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { Secrets } from '../secrets';

const digits = 6;
const tries = 20;
const digestBytes = 32;

/** What is stored of a PIN: a digest keyed with the installation's secret, another one at every lock. */
export const pinDigest = (secrets: Pick<Secrets, 'digest'>, lockId: number, pin: string): Buffer =>
  Buffer.from(secrets.digest(`guest pin ${lockId} ${pin}`, digestBytes), 'hex');

/**
 * Gives a link a random PIN that no other link has at any of these locks. The PIN is in the answer alone. The caller
 * holds the locks' rows. Raises `unavailable` when chance is against it many times over.
 */
export async function issuePin(
  executor: Executor,
  secrets: Pick<Secrets, 'digest'>,
  linkUuid: string,
  lockIds: readonly number[],
): Promise<string> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const pin = String(randomInt(0, 10 ** digits)).padStart(digits, '0');
    const rows = lockIds.map((lockId) => ({ lockId, digest: pinDigest(secrets, lockId, pin), linkUuid }));
    if (await areFree(executor, rows)) {
      await executor.insert(guestPins).values(rows);
      return pin;
    }
  }
  throw new Failure('unavailable', { retryAfterSeconds: 1 });
}

async function areFree(
  executor: Executor,
  rows: readonly { lockId: number; digest: Buffer }[],
): Promise<boolean> {
  for (const { lockId, digest } of rows) {
    const taken = await executor
      .select({ lockId: guestPins.lockId })
      .from(guestPins)
      .where(and(eq(guestPins.lockId, lockId), eq(guestPins.digest, digest)));
    if (taken.length > 0) return false;
  }
  return true;
}
