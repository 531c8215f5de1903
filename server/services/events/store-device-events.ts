import { sql } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import { incomingEvent, type OutgoingEvent } from '../../contracts/devices';
import { toTimestamp } from '../../contracts/values';
import { memberText } from '../../domain/json-text';
import { isSystemEvent } from '../../domain/outgoing-event';
import { isStorable } from '../../domain/storable';
import type { Deps } from '../deps';
import { mayDeviceSend } from './limit-device';
import { stampDevices } from './stamp-devices';
import { type EventToWrite, writeEvents } from './write-events';

export interface IncomingDeviceEvent {
  deviceId: number;
  /** JSON text of the event as the device sent it. */
  payload: string;
  address?: string | undefined;
}
export type StoredOutcome = 'stored' | 'invalid' | 'no-home' | 'limited';

/** Type and data of an event's text; undefined: it is none, cannot be stored, or its name is the cloud's own. */
function read(
  payload: string,
): { eventType: string; eventData: Record<string, unknown>; dataText: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return undefined;
  }
  const parsed = incomingEvent.safeParse(value);
  if (!parsed.success || isSystemEvent(parsed.data.eventType)) return undefined;
  if (!isStorable(parsed.data.eventType) || !isStorable((value as { eventData?: unknown }).eventData))
    return undefined;
  const { eventType, eventData } = parsed.data;
  return {
    eventType,
    eventData: eventData ?? {},
    dataText: eventData === undefined ? '{}' : (memberText(payload, 'eventData') ?? '{}'),
  };
}

/**
 * Stores what devices told, in one transaction and in the order given, and announces it after commit (mode-api 6.3).
 * What is acknowledged on the strength of `stored` is in PostgreSQL.
 */
export async function storeDeviceEvents(
  {
    db,
    bus,
    clock,
    log,
    deviceMessagesPerMinute,
  }: Pick<Deps, 'db' | 'bus' | 'clock' | 'log' | 'deviceMessagesPerMinute'>,
  incoming: readonly IncomingDeviceEvent[],
): Promise<StoredOutcome[]> {
  const now = clock.now();
  const known = await db
    .select({ id: devices.id, homeId: devices.homeId, deviceClass: devices.deviceClass })
    .from(devices)
    // One parameter, whatever their number: one prepared statement serves batches of every size.
    .where(sql`${devices.id} = any(${`{${incoming.map(({ deviceId }) => deviceId).join(',')}}`}::bigint[])`);
  const byId = new Map(known.map((device) => [device.id, device]));
  const toWrite: EventToWrite[] = [];
  const indexes: number[] = [];
  const outcomes = incoming.map(({ deviceId, payload, address }, index): StoredOutcome => {
    const device = byId.get(deviceId);
    const event = read(payload);
    if (event === undefined) return 'invalid';
    if (device?.homeId == null) return 'no-home';
    if (!mayDeviceSend(deviceId, now.getTime(), deviceMessagesPerMinute)) return 'limited';
    const outgoing: OutgoingEvent = {
      eventType: event.eventType,
      eventData: event.eventData,
      timestamp: toTimestamp(now),
      homeId: device.homeId,
      originDeviceId: deviceId,
      originDeviceClass: device.deviceClass,
      ...(address === undefined ? {} : { originDeviceIp: address }),
    };
    toWrite.push({ event: outgoing, dataText: event.dataText });
    indexes.push(index);
    return 'stored';
  });
  if (toWrite.length === 0) return outcomes;
  // One statement: it is atomic by itself.
  const lines = await writeEvents(db, toWrite);
  const told = new Set<number>();
  for (const [place, line] of lines.entries()) {
    const index = indexes[place] as number;
    // The home is switched off: nothing is propagated.
    if (line === undefined) outcomes[index] = 'no-home';
    else told.add(incoming[index]?.deviceId ?? 0);
  }
  stampDevices({ db, log }, told, now);
  bus.announce(lines);
  return outcomes;
}
