import { and, eq, inArray, sql } from 'drizzle-orm';
import {
  hubs,
  lockKeyCommands,
  lockKeys,
  lockResidents,
  locks,
  matterDevices,
  projects,
  things,
} from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import type { LockEvent, LockOwnEvent } from '../../domain/lock/aggregate';
import { type HomeEvent, record } from '../../event-store/outbox';
import { endAccessOfLock } from '../access/end-access';
import { closePins, releasePins } from '../lock-pins/end-pins';
import { closeOpenings } from '../openings/close-openings';
import { requireQuota } from '../projects/require-quota';
import { revokeThing } from '../things/revoke-thing';

import { type LockRow, lockThing } from './load-lock';

type Lines = (HomeEvent | undefined)[];
type Told = 'added' | 'removed' | 'changed';

/** The home's pages and apps load their doors anew. */
async function tell(executor: Executor, homeId: number | null, lockId: number, action: Told): Promise<Lines> {
  return homeId === null ? [] : [await record(executor, homeId, 'home', { lockId, action })];
}

/** Key changes that have not reached the lock are over; what stands in its shadow is withdrawn. */
async function endKeyCommands(executor: Executor, lockId: number, error: string): Promise<void> {
  await executor
    .update(lockKeyCommands)
    .set({ status: 'failed', error, sealedPin: null })
    .where(
      and(eq(lockKeyCommands.lockId, lockId), inArray(lockKeyCommands.status, ['queued', 'pending', 'sent'])),
    );
}

const set = (executor: Executor, lockId: number, values: Partial<LockRow>) =>
  executor.update(locks).set(values).where(eq(locks.id, lockId));

/** No hub speaks for this lock any more; the one that did is told to take it off its fabric (give-up-locks). */
async function leaveDevice(executor: Executor, lockId: number): Promise<void> {
  await executor.delete(matterDevices).where(eq(matterDevices.lockId, lockId));
}

/** What was known of the bolt was said by a device that is not this lock any more. */
const unheard = {
  bolt: 'unknown',
  boltSince: null,
  door: 'unknown',
  battery: null,
  reachable: null,
  reachableSince: null,
  reportedAt: null,
  keypad: null,
} as const;

async function moveToOrganisation(
  executor: Executor,
  lock: LockRow,
  orgId: string,
  at: Date,
): Promise<Lines> {
  const [project] = await executor.select().from(projects).where(eq(projects.uuid, orgId));
  if (project === undefined) throw new Failure('not_found');
  if (project.id !== lock.projectId)
    await requireQuota(executor, { projectId: project.id, adds: { maxLocks: 1 } });
  const lines = [
    ...(await closeOpenings(executor, lock.id, 'LOCK_REASSIGNED', at)),
    ...(await tell(executor, lock.homeId, lock.id, 'removed')),
  ];
  await leaveDevice(executor, lock.id);
  await endAccessOfLock(executor, lock.id, at);
  await releasePins(executor, lock.id, at);
  await executor.delete(lockResidents).where(eq(lockResidents.lockId, lock.id));
  await executor.update(lockKeys).set({ userId: null }).where(eq(lockKeys.lockId, lock.id));
  await executor
    .update(things)
    .set({ projectId: project.id })
    .where(eq(things.name, lockThing(lock.uuid)));
  await set(executor, lock.id, { projectId: project.id, homeId: null, ownerId: null, hubId: null });
  return lines;
}

async function moveToHome(
  executor: Executor,
  lock: LockRow,
  homeId: number | null,
  at: Date,
): Promise<Lines> {
  if (homeId !== null && homeId !== lock.homeId)
    await requireQuota(executor, { projectId: lock.projectId, homeId, adds: { maxLocksPerHome: 1 } });
  const lines = [
    ...(await closeOpenings(executor, lock.id, 'LOCK_REASSIGNED', at)),
    ...(await tell(executor, lock.homeId, lock.id, 'removed')),
  ];
  await endAccessOfLock(executor, lock.id, at);
  await releasePins(executor, lock.id, at);
  // A hub that stands in another home does not speak for it any more.
  const hubId =
    lock.hubId === null || homeId === null
      ? lock.hubId
      : sql`(select ${hubs.id} from ${hubs} where ${hubs.id} = ${lock.hubId} and ${hubs.homeId} = ${homeId})`;
  await executor.update(locks).set({ homeId, ownerId: null, hubId }).where(eq(locks.id, lock.id));
  return [...lines, ...(await tell(executor, homeId, lock.id, 'added'))];
}

async function remove(executor: Executor, lock: LockRow, at: Date): Promise<Lines> {
  const lines = [
    ...(await closeOpenings(executor, lock.id, 'LOCK_REMOVED', at)),
    ...(await tell(executor, lock.homeId, lock.id, 'removed')),
  ];
  await leaveDevice(executor, lock.id);
  await endAccessOfLock(executor, lock.id, at);
  await endKeyCommands(executor, lock.id, 'LOCK_REMOVED');
  await closePins(executor, lock.id, at);
  await executor.delete(lockKeys).where(eq(lockKeys.lockId, lock.id));
  await executor.delete(lockResidents).where(eq(lockResidents.lockId, lock.id));
  await revokeThing(executor, lockThing(lock.uuid), at);
  await set(executor, lock.id, { homeId: null, ownerId: null, hubId: null, removedAt: at, reachable: null });
  return lines;
}

async function applyOwn(executor: Executor, lock: LockRow, event: LockOwnEvent, at: Date): Promise<Lines> {
  const { id } = lock;
  switch (event.type) {
    case 'OwnerSet':
      await set(executor, id, { ownerId: Number(event.data.userId) });
      return tell(executor, lock.homeId, id, 'changed');
    case 'OrganizationSet':
      return moveToOrganisation(executor, lock, event.data.orgId, at);
    case 'LockUuidChanged':
      await endKeyCommands(executor, id, 'LOCK_CHANGED');
      await closePins(executor, id, at);
      await revokeThing(executor, lockThing(lock.uuid), at);
      await set(executor, id, { uuid: event.data.newUuid, ...unheard });
      return [
        ...(await closeOpenings(executor, id, 'LOCK_CHANGED', at)),
        ...(await tell(executor, lock.homeId, id, 'changed')),
      ];
    case 'KeyAdded': {
      const { keyUuid, keyIndexNumber, userId } = event.data;
      await executor.insert(lockKeys).values({
        lockId: id,
        keyUuid,
        indexNumber: keyIndexNumber ?? null,
        userId: userId === undefined ? null : Number(userId),
        createdAt: at,
      });
      return [];
    }
    case 'KeyRemoved':
      await executor
        .delete(lockKeys)
        .where(and(eq(lockKeys.lockId, id), eq(lockKeys.keyUuid, event.data.keyUuid)));
      return [];
    case 'ResidentAdded': {
      const { userId, name } = event.data;
      await executor
        .insert(lockResidents)
        .values({ lockId: id, userId: Number(userId), name, createdAt: at });
      return [];
    }
    case 'ResidentRemoved':
      await executor
        .delete(lockResidents)
        .where(and(eq(lockResidents.lockId, id), eq(lockResidents.userId, Number(event.data.userId))));
      return [];
    case 'LockAssigned':
      return moveToHome(executor, lock, event.data.homeId, at);
    case 'LockRenamed':
      await set(executor, id, { name: event.data.name });
      return tell(executor, lock.homeId, id, 'changed');
    case 'GestureSet':
      await set(executor, id, { gesture: event.data.gesture });
      return tell(executor, lock.homeId, id, 'changed');
    case 'NightGestureSet': {
      const { night } = event.data;
      await set(executor, id, {
        nightGesture: night?.gesture ?? null,
        nightFromMinute: night?.fromMinute ?? null,
        nightUntilMinute: night?.untilMinute ?? null,
      });
      return tell(executor, lock.homeId, id, 'changed');
    }
    case 'RemoteGestureSet':
      await set(executor, id, { remoteGesture: event.data.gesture });
      return tell(executor, lock.homeId, id, 'changed');
    case 'LockRemoved':
      return remove(executor, lock, at);
    case 'LockCreated':
    case 'KeyWriteRequested':
    case 'LockOpenRequested':
      return [];
  }
}

const isOwn = (event: LockEvent): event is LockOwnEvent => !event.type.startsWith('TempKey');

/**
 * Brings the rows of a lock to where an event of it has brought it, in the transaction that appends the event. The
 * caller holds the lock's row. Returns what the homes concerned are to be told. A new lock's row is made by createLock.
 */
export function projectEvent(executor: Executor, lock: LockRow, event: LockEvent, at: Date): Promise<Lines> {
  return isOwn(event) ? applyOwn(executor, lock, event, at) : Promise.resolve([]);
}
