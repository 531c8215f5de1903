import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { homes, hubs, lockKeys, locks, projects } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';
import { initialLock, type LockEvent, type LockKey } from '../../domain/lock/aggregate';
import { decideLock } from '../../domain/lock/decide';
import { appendEvents } from '../../event-store/append';
import type { Deps } from '../deps';
import { requireQuota } from '../projects/require-quota';
import { createThing } from '../things/create-thing';
import { type LockRow, lockThing } from './load-lock';

export interface CreatedLock {
  id: number;
  uuid: string;
  thing: string;
  name: string;
  mqtt: { username: string; password: string };
}

export interface WantedLock {
  /** Explicit id; the next free one when absent. */
  id?: number | undefined;
  uuid: string;
  name: string;
  projectId: number | null;
  homeId?: number | undefined;
  hubId?: string | undefined;
  serialNumber?: string | undefined;
  vendorName?: string | undefined;
  ownerId?: string | undefined;
  keys?: readonly LockKey[] | undefined;
}

/** Tries to find an id that nobody has named: explicit ones may lie ahead of the sequence while they are written. */
const idTries = 20;

async function insertRow(executor: Executor, wanted: WantedLock): Promise<LockRow | undefined> {
  const values = {
    uuid: wanted.uuid,
    projectId: wanted.projectId,
    homeId: wanted.homeId ?? null,
    hubId: wanted.hubId ?? null,
    ownerId: wanted.ownerId === undefined ? null : Number(wanted.ownerId),
    name: wanted.name,
    serialNumber: wanted.serialNumber ?? null,
    vendorName: wanted.vendorName ?? null,
    version: 1,
  };
  if (wanted.id !== undefined) {
    const [row] = await executor
      .insert(locks)
      .overridingSystemValue()
      .values({ ...values, id: wanted.id } as typeof locks.$inferInsert)
      .returning();
    await executor.execute(sql`
      select setval(pg_get_serial_sequence('locks', 'id'), ${wanted.id}::bigint)
      from locks_id_seq where last_value < ${wanted.id}::bigint`);
    return row;
  }
  for (let count = 0; count < idTries; count += 1) {
    const [row] = await executor
      .insert(locks)
      .values(values)
      .onConflictDoNothing({ target: locks.id })
      .returning();
    if (row !== undefined) return row;
  }
  return undefined;
}

/**
 * Makes a lock, its first event and its MQTT identity within a transaction. What is named must be known to exist.
 * Raises a duplicate-key error when the uuid or the explicit id is taken, `invalid` for keys that contradict each other.
 */
export async function insertLock(
  executor: Executor,
  wanted: WantedLock,
  at: Date,
): Promise<{ lock: CreatedLock; event: LockEvent }> {
  await requireQuota(executor, {
    projectId: wanted.projectId,
    homeId: wanted.homeId,
    adds: { maxLocks: 1, ...(wanted.homeId === undefined ? {} : { maxLocksPerHome: 1 }) },
  });
  const row = await insertRow(executor, wanted);
  if (row === undefined) throw new Error('no lock was made');
  const [project] =
    wanted.projectId === null
      ? []
      : await executor.select().from(projects).where(eq(projects.id, wanted.projectId));
  const { uuid, name, homeId, serialNumber, vendorName, ownerId, keys } = wanted;
  const events = decideLock(
    initialLock,
    {
      type: 'Create',
      lockId: row.id,
      ...{ uuid, name, homeId, serialNumber, vendorName, ownerId, keys, orgId: project?.uuid },
    },
    at,
  );
  const [event] = events;
  if (event === undefined) throw new Error('no lock was made');
  await appendEvents(
    executor,
    { aggregateType: 'lock', aggregateId: String(row.id), version: 0, orgId: project?.uuid ?? null },
    events,
    at,
  );
  if (keys !== undefined && keys.length > 0) {
    await executor.insert(lockKeys).values(
      keys.map((key) => ({
        lockId: row.id,
        keyUuid: key.uuid,
        indexNumber: key.indexNumber ?? null,
        userId: key.userId === undefined ? null : Number(key.userId),
        createdAt: at,
      })),
    );
  }
  const thing = lockThing(uuid);
  const mqtt = await createThing(executor, { name: thing, kind: 'lock', projectId: wanted.projectId });
  return { lock: { id: row.id, uuid, thing, name, mqtt }, event };
}

/** Puts a lock into a home and makes its MQTT identity. Raises `invalid` for a home, hub or uuid that will not do. */
export async function createLock(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  wanted: {
    homeId: number;
    name: string;
    hubId?: string | undefined;
    uuid?: string | undefined;
    serialNumber?: string | undefined;
    vendorName?: string | undefined;
  },
): Promise<CreatedLock> {
  const uuid = wanted.uuid ?? randomUUID();
  try {
    return await db.transaction(async (tx) => {
      const [home] = await tx.select().from(homes).where(eq(homes.id, wanted.homeId));
      if (home === undefined) throw invalidField('home', 'there is no such home');
      if (wanted.hubId !== undefined) {
        const [hub] = await tx.select().from(hubs).where(eq(hubs.id, wanted.hubId));
        if (hub?.homeId !== home.id) throw invalidField('hub', 'is no hub of this home');
      }
      const made = await insertLock(tx, { ...wanted, uuid, projectId: home.projectId }, clock.now());
      return made.lock;
    });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('uuid', 'is taken');
    throw error;
  }
}
