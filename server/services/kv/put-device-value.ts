import { sql } from 'drizzle-orm';
import type { putDeviceValue as operation } from '../../contracts/kv';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { invalidField } from '../../domain/errors';
import { record } from '../../event-store/outbox';
import type { Caller, Deps } from '../deps';
import { admit } from '../devices/admit';
import { recordEvent } from '../events/record-event';
import { nextRevision } from './next-revision';
import { pairsMost, pairText, readPut } from './pair';
import { type PutFacts, putFacts, requireValueRoom } from './require-value-room';

/** Keys and values of a device together (model 4). */
const deviceMostBytes = 100 * 1024;

/**
 * PUT /devices/{deviceId}/kv/{key} (mode-api 10), and a `set` of the device itself over MQTT (mode-api 7), whose
 * payload is then `input.raw`. The device is told on all its connections but `except`.
 */
export async function putDeviceValue(
  deps: Deps,
  caller: Caller,
  input: InputOf<typeof operation>,
  except?: string,
): Promise<undefined> {
  const device = await admit(deps, caller, 'deviceValues.put', input.params.deviceId);
  const pair = { ...readPut(input), modifiedAt: deps.clock.now() };
  const { key, value, modifiedAt } = pair;
  const { id, homeId } = device;
  const timestamp = toTimestamp(modifiedAt);
  const { lines, revision } = await deps.db.transaction(async (tx) => {
    const revision = await nextRevision(tx, device);
    const saved = await tx.execute<PutFacts>(sql`
      insert into device_values (device_id, key, value, modified_at)
      select ${id}::bigint, ${key}::text, ${value}::text, ${timestamp}::timestamptz
      from (
        select count(*) as pairs, coalesce(sum(octet_length(key) + octet_length(value)), 0) as bytes
        from device_values where device_id = ${id} and key <> ${key}
      ) as others
      where others.pairs < ${pairsMost}::int
        and others.bytes + octet_length(${key}::text) + octet_length(${value}::text) <= ${deviceMostBytes}::int
      on conflict (device_id, key) do update set value = excluded.value, modified_at = excluded.modified_at
      returning ${putFacts(homeId, sql`device_values where device_id = ${id} and key = ${key}`)}`);
    const [facts] = saved;
    if (facts === undefined)
      throw invalidField('value', `a device holds ${pairsMost} pairs and ${deviceMostBytes} bytes or fewer`);
    const lines =
      homeId === null
        ? []
        : [
            await record(tx, homeId, 'kv', {
              action: 'saved',
              deviceId: id,
              key,
              modificationTime: timestamp,
            }),
            await recordEvent(
              tx,
              {
                eventType: '_deviceKVSaved_',
                eventData: { key, modificationTime: timestamp },
                timestamp,
                homeId,
                originDeviceId: id,
                originDeviceClass: device.deviceClass,
              },
              pairText(pair),
            ),
          ];
    if (homeId !== null)
      await requireValueRoom(tx, homeId, facts, Buffer.byteLength(key) + Buffer.byteLength(value));
    return { lines, revision };
  });
  deps.bus.announce(lines);
  deps.bus.tellDevice({
    deviceId: id,
    channel: 'kv',
    body: `{"action":"set","rev":${revision},"key":${JSON.stringify(key)},"value":${value}}`,
    ...(except === undefined ? {} : { except }),
  });
}
