import { and, asc, eq } from 'drizzle-orm';
import { homeMembers, projects } from '@/drizzle/schema';
import type { getLockBasicInfo as operation } from '../../contracts/locks';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Database } from '../../db/client';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import type { LockRow } from './load-lock';

/** Who owns a lock: whom SetOwner named, else the longest-standing owner of its home. */
async function findOwner(db: Database, lock: LockRow): Promise<number | undefined> {
  if (lock.ownerId !== null) return lock.ownerId;
  if (lock.homeId === null) return undefined;
  const [owner] = await db
    .select({ userId: homeMembers.userId })
    .from(homeMembers)
    .where(and(eq(homeMembers.homeId, lock.homeId), eq(homeMembers.role, 'owner')))
    .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId))
    .limit(1);
  return owner?.userId;
}

/** What basic-info and details say of a lock. */
export async function describeLock(db: Database, lock: LockRow): Promise<OutputOf<typeof operation>> {
  const [project] =
    lock.projectId === null
      ? []
      : await db.select({ uuid: projects.uuid }).from(projects).where(eq(projects.id, lock.projectId));
  const ownerId = await findOwner(db, lock);
  return {
    id: lock.id,
    lockId: lock.id,
    uuid: lock.uuid,
    version: lock.version,
    ...(lock.serialNumber === null ? {} : { serialNumber: lock.serialNumber }),
    ...(ownerId === undefined ? {} : { ownerId: String(ownerId) }),
    ...(project === undefined ? {} : { orgId: project.uuid, organizationId: project.uuid }),
    r2Prefix: `locks/${lock.uuid}`,
  };
}

/** GET /locks/{id}/basic-info (lock-api 7). */
export async function getBasicInfo(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  return describeLock(deps.db, await authoriseLock(deps, 'locks.basicInfo', principal, params.id));
}
