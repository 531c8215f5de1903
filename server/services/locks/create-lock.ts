import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { homes, hubs, locks } from '@/drizzle/schema';
import { isDuplicate } from '../../db/errors';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { createThing } from '../things/create-thing';
import { lockThing } from './load-lock';

export interface CreatedLock {
  id: number;
  uuid: string;
  thing: string;
  name: string;
  mqtt: { username: string; password: string };
}

/** Puts a lock into a home and makes its MQTT identity. */
export async function createLock(
  { db }: Pick<Deps, 'db'>,
  wanted: {
    homeId: number;
    name: string;
    hubId?: string | undefined;
    uuid?: string | undefined;
    serialNumber?: string | undefined;
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
      const [lock] = await tx
        .insert(locks)
        .values({
          uuid,
          projectId: home.projectId,
          homeId: home.id,
          hubId: wanted.hubId,
          name: wanted.name,
          serialNumber: wanted.serialNumber,
        })
        .returning();
      if (lock === undefined) throw new Error('no lock was made');
      const thing = lockThing(uuid);
      const mqtt = await createThing(tx, { name: thing, kind: 'lock', projectId: home.projectId });
      return { id: lock.id, uuid, thing, name: lock.name, mqtt };
    });
  } catch (error) {
    if (isDuplicate(error)) throw invalidField('uuid', 'is taken');
    throw error;
  }
}
