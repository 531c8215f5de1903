import { and, eq, isNull } from 'drizzle-orm';
import { lockGrants, users } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { UserRow } from '../users/view';
import type { GrantRow } from './view';

/** Holds a grant of a lock that was not taken away. Raises `not_found`. */
export async function holdGrant(
  executor: Executor,
  lockId: number,
  grantId: string,
): Promise<{ grant: GrantRow; user: UserRow }> {
  const [row] = await executor
    .select({ grant: lockGrants, user: users })
    .from(lockGrants)
    .innerJoin(users, eq(users.id, lockGrants.userId))
    .where(and(eq(lockGrants.id, grantId), eq(lockGrants.lockId, lockId), isNull(lockGrants.revokedAt)))
    .for('update', { of: lockGrants });
  if (row === undefined) throw new Failure('not_found');
  return row;
}
