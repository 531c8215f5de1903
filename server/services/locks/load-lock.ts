import { and, eq, isNull, sql } from 'drizzle-orm';
import { homeMembers, homes, locks, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import type { Facts } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { HomeRow } from '../homes/view';

export type LockRow = typeof locks.$inferSelect;

const query = prepared((db: Database) =>
  db
    .select({ lock: locks, home: homes, role: homeMembers.role, verified: users.verified })
    .from(locks)
    .leftJoin(homes, eq(homes.id, locks.homeId))
    .leftJoin(
      homeMembers,
      and(eq(homeMembers.homeId, homes.id), eq(homeMembers.userId, sql.placeholder('userId'))),
    )
    .leftJoin(users, eq(users.id, homeMembers.userId))
    .where(and(eq(locks.id, sql.placeholder('lockId')), isNull(locks.removedAt)))
    .prepare('load_lock'),
);

export interface LoadedLock {
  lock: LockRow | undefined;
  home: HomeRow | undefined;
  facts: Facts;
}

/** A lock and what the permission table needs to know of it and the caller. */
export async function loadLock(db: Database, principal: Principal, lockId: number): Promise<LoadedLock> {
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const [row] = await query(db).execute({ lockId, userId });
  if (row === undefined) return { lock: undefined, home: undefined, facts: { exists: false } };
  return {
    lock: row.lock,
    home: row.home ?? undefined,
    facts: {
      exists: true,
      projectId: row.lock.projectId,
      deactivated: row.home?.deactivated ?? false,
      role: row.verified === true ? (row.role ?? undefined) : undefined,
    },
  };
}

/** The MQTT identity that holds a lock's shadow. */
export const lockThing = (uuid: string): string => `lock-${uuid}`;

/** The uuid of a lock's thing; undefined for other things. */
export const lockUuid = (thing: string): string | undefined =>
  thing.startsWith('lock-') ? thing.slice(5) : undefined;
