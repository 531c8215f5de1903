import { asc, eq } from 'drizzle-orm';
import { lockResidents, users } from '@/drizzle/schema';
import type { listLockResidents as operation } from '../../contracts/lock-queries';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Database } from '../../db/client';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';

/** Residents of a lock with what is known of each, in the order in which they came. */
export function readResidents(db: Database, lockId: number) {
  return db
    .select({
      userId: lockResidents.userId,
      name: lockResidents.name,
      email: users.email,
      phoneNumber: users.phoneNumber,
    })
    .from(lockResidents)
    .innerJoin(users, eq(users.id, lockResidents.userId))
    .where(eq(lockResidents.lockId, lockId))
    .orderBy(asc(lockResidents.createdAt), asc(lockResidents.userId));
}

/** GET /locks/{id}/residents (lock-api 7); not public here: names of people are for those who may read the lock. */
export async function listResidents(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const lock = await authoriseLock(deps, 'locks.residents', principal, params.id);
  const rows = await readResidents(deps.db, lock.id);
  return {
    residents: rows.map(({ userId, name, email, phoneNumber }) => ({
      userId: String(userId),
      name,
      ...(email === null ? {} : { email }),
      hasPhone: phoneNumber !== null,
    })),
  };
}
