import { and, asc, eq, isNull, or } from 'drizzle-orm';
import { homeMembers, homes, locks, passkeys } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { listPasskeys as operation } from '../../contracts/passkeys';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { readDoors } from '../locks/list-doors';
import { loadUser } from '../users/load-user';
import { toPasskey } from './view';

/** GET /users/{userId}/passkeys (ours): oldest first, with the doors of the person's homes that ask for one. */
export async function listPasskeys(
  { db }: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
  { params }: Pick<InputOf<typeof operation>, 'params'>,
): Promise<OutputOf<typeof operation>> {
  const { user, facts } = await loadUser(db, params.userId);
  authorise('passkeys.list', principal, facts);
  const [rows, asking, seen] = await Promise.all([
    db
      .select()
      .from(passkeys)
      .where(eq(passkeys.userId, params.userId))
      .orderBy(asc(passkeys.createdAt), asc(passkeys.id)),
    db
      .select({ lockId: locks.id, name: locks.name, homeName: homes.name })
      .from(homeMembers)
      .innerJoin(homes, eq(homes.id, homeMembers.homeId))
      .innerJoin(locks, and(eq(locks.homeId, homes.id), isNull(locks.removedAt)))
      .where(
        and(
          eq(homeMembers.userId, params.userId),
          or(
            eq(locks.gesture, 'hold-passkey'),
            eq(locks.nightGesture, 'hold-passkey'),
            eq(locks.remoteGesture, 'hold-passkey'),
          ),
        ),
      )
      .orderBy(asc(locks.name), asc(locks.id)),
    readDoors(db, { principal }),
  ]);
  // A guest is told of the doors of a grant alone.
  const visible = new Set(seen.map(({ lockId }) => lockId));
  return {
    needsPassword: user !== undefined && user.passwordHash !== null,
    passkeys: rows.map(toPasskey),
    doors: asking.filter(({ lockId }) => visible.has(lockId)),
  };
}
