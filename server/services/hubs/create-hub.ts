import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { homes, hubs } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { createThing } from '../things/create-thing';

/** The MQTT identity of a hub. */
export const hubThing = (id: string): string => `hub-${id}`;

/** Registers a hub in a home and makes its MQTT identity. */
export async function createHub(
  { db }: Pick<Deps, 'db'>,
  wanted: { projectId: number; homeId: number; serial: string },
): Promise<{ id: string; thing: string; serial: string; mqtt: { username: string; password: string } }> {
  return db.transaction(async (tx) => {
    const [home] = await tx.select().from(homes).where(eq(homes.id, wanted.homeId));
    if (home?.projectId !== wanted.projectId) throw invalidField('home', 'is no home of this project');
    const id = randomUUID();
    const thing = hubThing(id);
    await tx.insert(hubs).values({
      id,
      projectId: wanted.projectId,
      homeId: wanted.homeId,
      serial: wanted.serial,
      thingName: thing,
    });
    const mqtt = await createThing(tx, { name: thing, kind: 'hub', projectId: wanted.projectId });
    return { id, thing, serial: wanted.serial, mqtt };
  });
}
