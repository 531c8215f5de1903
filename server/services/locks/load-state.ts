import { asc, eq } from 'drizzle-orm';
import { lockKeys, lockResidents, projects } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { LockKey, LockNight, LockState } from '../../domain/lock/aggregate';
import type { LockRow } from './load-lock';

type KeyRow = typeof lockKeys.$inferSelect;

const toKey = (row: KeyRow): LockKey => ({
  uuid: row.keyUuid,
  ...(row.indexNumber === null ? {} : { indexNumber: row.indexNumber }),
  ...(row.userId === null ? {} : { userId: String(row.userId) }),
});

/** The stricter gesture by night that a lock has, if it has one. */
export const nightOf = ({ nightGesture, nightFromMinute, nightUntilMinute }: LockRow): LockNight | null =>
  nightGesture === null || nightFromMinute === null || nightUntilMinute === null
    ? null
    : { gesture: nightGesture, fromMinute: nightFromMinute, untilMinute: nightUntilMinute };

/** The aggregate's state as its projection holds it, with keys and residents in the order in which they came. */
export async function loadState(executor: Executor, lock: LockRow): Promise<LockState> {
  const keys = await executor
    .select()
    .from(lockKeys)
    .where(eq(lockKeys.lockId, lock.id))
    .orderBy(asc(lockKeys.createdAt), asc(lockKeys.keyUuid));
  const residents = await executor
    .select()
    .from(lockResidents)
    .where(eq(lockResidents.lockId, lock.id))
    .orderBy(asc(lockResidents.createdAt), asc(lockResidents.userId));
  const [project] =
    lock.projectId === null
      ? []
      : await executor.select({ uuid: projects.uuid }).from(projects).where(eq(projects.id, lock.projectId));
  return {
    version: lock.version,
    life: lock.removedAt === null ? 'present' : 'removed',
    lockId: lock.id,
    uuid: lock.uuid,
    name: lock.name,
    gesture: lock.gesture,
    night: nightOf(lock),
    remote: lock.remoteGesture,
    serialNumber: lock.serialNumber ?? undefined,
    vendorName: lock.vendorName ?? undefined,
    orgId: project?.uuid,
    homeId: lock.homeId ?? undefined,
    ownerId: lock.ownerId === null ? undefined : String(lock.ownerId),
    keys: keys.map(toKey),
    residents: residents.map(({ userId, name }) => ({ userId: String(userId), name })),
  };
}
