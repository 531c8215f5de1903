import { and, asc, eq } from 'drizzle-orm';
import { homeMembers, projects } from '@/drizzle/schema';
import type { getLockBasicInfo as operation } from '../../contracts/locks';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from './load-lock';

/** GET /locks/{id}/basic-info (lock-api 7). `ownerId` is the longest-standing owner of the lock's home. */
export async function getBasicInfo(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { lock, facts } = await loadLock(db, principal, params.id);
  authorise('locks.basicInfo', principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  const [project] =
    lock.projectId === null
      ? []
      : await db.select({ uuid: projects.uuid }).from(projects).where(eq(projects.id, lock.projectId));
  const [owner] =
    lock.homeId === null
      ? []
      : await db
          .select({ userId: homeMembers.userId })
          .from(homeMembers)
          .where(and(eq(homeMembers.homeId, lock.homeId), eq(homeMembers.role, 'owner')))
          .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId))
          .limit(1);
  return {
    id: lock.id,
    lockId: lock.id,
    uuid: lock.uuid,
    version: lock.version,
    ...(lock.serialNumber === null ? {} : { serialNumber: lock.serialNumber }),
    ...(owner === undefined ? {} : { ownerId: String(owner.userId) }),
    ...(project === undefined ? {} : { orgId: project.uuid, organizationId: project.uuid }),
    r2Prefix: `locks/${lock.uuid}`,
  };
}
