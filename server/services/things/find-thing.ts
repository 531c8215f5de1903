import { eq, sql } from 'drizzle-orm';
import { devices, things } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { isBarred } from './barred';

export interface Thing {
  name: string;
  kind: (typeof things.$inferSelect)['kind'];
  /** Null: of no organisation yet. */
  projectId: number | null;
  isRevoked: boolean;
  /** Its hub is suspended or decommissioned. */
  isBarred: boolean;
}

const deviceName = /^device-([1-9]\d{0,14})$/;

/** The thing of that name: one with an MQTT identity, or the shadow's side of a MODE device. Undefined: nobody registered it. */
export async function findThing(executor: Executor, name: string): Promise<Thing | undefined> {
  const [thing] = await executor
    .select({
      kind: things.kind,
      projectId: things.projectId,
      isRevoked: sql<boolean>`${things.revokedAt} is not null`,
      isBarred: isBarred(sql`${things.name}`),
    })
    .from(things)
    .where(eq(things.name, name));
  if (thing !== undefined) return { name, ...thing };
  const deviceId = deviceName.exec(name)?.[1];
  if (deviceId === undefined) return undefined;
  const [device] = await executor
    .select({ projectId: devices.projectId })
    .from(devices)
    .where(eq(devices.id, Number(deviceId)));
  return device && { name, kind: 'device', projectId: device.projectId, isRevoked: false, isBarred: false };
}
