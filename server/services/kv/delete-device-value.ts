import { and, eq } from 'drizzle-orm';
import { deviceValues } from '@/drizzle/schema';
import type { deleteDeviceValue as operation } from '../../contracts/kv';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { record } from '../../event-store/outbox';
import type { Caller, Deps } from '../deps';
import { admit } from '../devices/admit';
import { recordEvent } from '../events/record-event';
import { nextRevision } from './next-revision';
import { isKey, noSuchPair } from './pair';

/**
 * DELETE /devices/{deviceId}/kv/{key} (mode-api 10), and a `delete` of the device itself over MQTT (mode-api 7). The
 * device is told on all its connections but `except`.
 */
export async function deleteDeviceValue(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
  except?: string,
): Promise<undefined> {
  const device = await admit(deps, caller, 'deviceValues.delete', params.deviceId);
  const { key } = params;
  if (!isKey(key)) throw noSuchPair();
  const { id, homeId } = device;
  const { lines, revision } = await deps.db.transaction(async (tx) => {
    const revision = await nextRevision(tx, device);
    const deleted = await tx
      .delete(deviceValues)
      .where(and(eq(deviceValues.deviceId, id), eq(deviceValues.key, key)))
      .returning({ key: deviceValues.key });
    if (deleted.length === 0) throw noSuchPair();
    const lines =
      homeId === null
        ? []
        : [
            await record(tx, homeId, 'kv', { action: 'deleted', deviceId: id, key }),
            await recordEvent(tx, {
              eventType: '_deviceKVDeleted_',
              eventData: { key },
              timestamp: toTimestamp(deps.clock.now()),
              homeId,
              originDeviceId: id,
              originDeviceClass: device.deviceClass,
            }),
          ];
    return { lines, revision };
  });
  deps.bus.announce(lines);
  deps.bus.tellDevice({
    deviceId: id,
    channel: 'kv',
    body: `{"action":"delete","rev":${revision},"key":${JSON.stringify(key)}}`,
    ...(except === undefined ? {} : { except }),
  });
}
