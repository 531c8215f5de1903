import { eq } from 'drizzle-orm';
import { devices, things } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { invalidField } from '../../domain/errors';
import { isThingName } from '../../domain/topics';

const deviceThing = /^device-([1-9]\d{0,14})$/;

/**
 * Makes sure that a thing is there and not revoked. A MODE device gets its thing, `device-<id>`, when it is first
 * needed (model 2). Raises `invalid` naming `thing`.
 */
export async function requireThing(executor: Executor, name: string): Promise<void> {
  if (!isThingName(name)) throw invalidField('thing', 'is 1 to 128 letters, digits and : _ -');
  const [thing] = await executor.select().from(things).where(eq(things.name, name));
  if (thing !== undefined) {
    if (thing.revokedAt !== null) throw invalidField('thing', 'was revoked');
    return;
  }
  const id = Number(deviceThing.exec(name)?.[1] ?? 0);
  const [device] = await executor.select().from(devices).where(eq(devices.id, id));
  if (device === undefined) throw invalidField('thing', 'there is no such thing');
  await executor
    .insert(things)
    .values({ name, kind: 'device', projectId: device.projectId })
    .onConflictDoNothing();
}
