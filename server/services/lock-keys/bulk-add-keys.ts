import { randomUUID } from 'node:crypto';
import { lockKeyCommands } from '@/drizzle/schema';
import type { bulkAddLockKeys as operation } from '../../contracts/lock-commands';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, type FieldIssue } from '../../domain/errors';
import { bulkPaceMs } from '../../domain/lock/key-command';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from '../locks/authorise-lock';
import { findPerson } from '../locks/find-person';
import { newCommand } from './place-change';

type Keys = InputOf<typeof operation>['body']['keys'];

function checkDoubles(keys: Keys): void {
  const seen = new Set<string>();
  const issues: FieldIssue[] = [];
  const check = (field: string, value: string) => {
    if (seen.has(value)) issues.push({ field, message: 'is there twice' });
    seen.add(value);
  };
  for (const [at, { keyUuid, keyIndexNumber }] of keys.entries()) {
    check(`keys.${at}.keyUuid`, keyUuid);
    if (keyIndexNumber !== undefined) check(`keys.${at}.keyIndexNumber`, String(keyIndexNumber));
  }
  if (issues.length > 0) throw new Failure('invalid', { reason: 'INVALID_PARAMETER', issues });
}

/**
 * POST /locks/{id}/BulkAddKeys (lock-api 7): answers when all keys are written down; the bridge adds them one a second,
 * each like AddKey, and tries again those that do not reach the lock. Raises `invalid` for doubles, `not_found` for
 * unknown people.
 */
export async function bulkAddKeys(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const lock = await authoriseLock({ db }, 'locks.bulkAddKeys', principal, params.id);
  checkDoubles(body.keys);
  for (const userId of new Set(body.keys.map((key) => key.userId)))
    if (userId !== undefined) await findPerson(db, lock.projectId, { userId });
  const instanceId = randomUUID();
  const now = clock.now();
  await db.insert(lockKeyCommands).values(
    body.keys.map(({ keyUuid, keyIndexNumber: indexNumber, userId }, place) => ({
      ...newCommand(principal, lock.id, { kind: 'add', keyUuid, indexNumber, userId }, now),
      instanceId,
      status: 'queued' as const,
      attempts: 0,
      dueAt: new Date(now.getTime() + place * bulkPaceMs),
    })),
  );
  return { success: true, lockId: lock.id, instanceId };
}
