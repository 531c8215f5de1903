import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { homes } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import type { Deps } from '../deps';
import { createThing } from '../things/create-thing';
import { changeHub } from './change-hub';
import { insertHub } from './insert-hub';
import { orgIdOf } from './load-hub';

export { hubThing } from './load-hub';

/**
 * Registers a hub and claims it for a home at once, with its MQTT identity: what an operator does who has the hub before
 * him. Its claim code is shown this once. Raises `invalid`.
 */
export async function createHub(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  wanted: { projectId: number; homeId: number; serial: string; model?: string | undefined },
): Promise<{
  id: string;
  thing: string;
  serial: string;
  claimCode: string;
  mqtt: { username: string; password: string };
}> {
  return db.transaction(async (tx) => {
    const [home] = await tx.select().from(homes).where(eq(homes.id, wanted.homeId));
    if (home?.projectId !== wanted.projectId) throw invalidField('home', 'is no home of this project');
    const at = new Date();
    const { serial, projectId, model = 'generic' } = wanted;
    const { hub, claimCode } = await insertHub(
      tx,
      secrets,
      { id: randomUUID(), projectId, serial, model },
      at,
    );
    const claim = {
      type: 'ClaimHub',
      orgId: (await orgIdOf(tx, projectId)) ?? '',
      siteId: String(home.id),
      userId: 'operator',
    } as const;
    const columns = { homeId: home.id, status: 'claimed', claimedBy: 'operator', claimedAt: at } as const;
    await changeHub(tx, hub, claim, columns, { at, needsHub: false });
    const mqtt = await createThing(tx, { name: hub.thingName, kind: 'hub', projectId });
    return { id: hub.id, thing: hub.thingName, serial, claimCode, mqtt };
  });
}
