import { matterDevices } from '@/drizzle/schema';
import type { Transaction } from '../../db/client';
import { decideMatterDevice, type MatterDeviceEvent } from '../../domain/hub/matter-device';
import { appendEvents } from '../../event-store/append';
import { type HubRow, orgIdOf } from '../hubs/load-hub';

/** Writes a new Matter device behind a hub and its MatterDeviceCreated. */
export async function insertMatterDevice(
  tx: Transaction,
  hub: HubRow,
  {
    id,
    thingName,
    deviceType,
    lockId,
  }: {
    id: string;
    thingName: string;
    deviceType: string;
    lockId: number | null;
  },
  at: Date,
): Promise<{ version: number; event: MatterDeviceEvent }> {
  const events = decideMatterDevice(
    id,
    { version: 0 },
    { type: 'CreateMatterDevice', thingName, hubId: hub.id, deviceType },
    at,
  );
  const [event] = events;
  if (event === undefined) throw new Error('no device was made');
  const { projectId } = hub;
  const version = events.length;
  await tx
    .insert(matterDevices)
    .values({ id, projectId, hubId: hub.id, lockId, thingName, deviceType, version, createdAt: at });
  const orgId = await orgIdOf(tx, projectId);
  await appendEvents(tx, { aggregateType: 'matter-device', aggregateId: id, orgId, version: 0 }, events, at);
  return { version, event };
}
