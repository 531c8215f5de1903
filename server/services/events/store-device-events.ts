import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import { devices } from '@/drizzle/schema';
import { incomingEvent, type OutgoingEvent } from '../../contracts/devices';
import { toTimestamp } from '../../contracts/values';
import type { Database } from '../../db/client';
import { memberText } from '../../domain/json-text';
import { isSystemEvent } from '../../domain/outgoing-event';
import type { DevicePlace } from '../../domain/principal';
import { isStorable } from '../../domain/storable';
import type { Deps } from '../deps';
import { deviceAllowance } from '../rates/allowances';
import { spend } from '../rates/spend';
import { stampDevices } from './stamp-devices';
import { type EventToWrite, writeEvents } from './write-events';

export interface IncomingDeviceEvent {
  deviceId: number;
  /** JSON text of the event as the device sent it. */
  payload: string;
  /** The same, where it was read already. */
  parsed?: z.output<typeof incomingEvent> | undefined;
  address?: string | undefined;
  /** Where the device was when it was let in; proved when the event is written, and brought up to date when it has moved. */
  place?: DevicePlace | undefined;
  /** Hash of the key that let it in, hexadecimal, where that was remembered and not looked up: without it nothing is written. */
  keyHash?: string | undefined;
}
export type StoredOutcome = 'stored' | 'invalid' | 'no-home' | 'limited';

interface ReadData {
  eventType: string;
  eventData: Record<string, unknown>;
  dataText: string;
}

function parse(payload: string): IncomingDeviceEvent['parsed'] {
  try {
    const parsed = incomingEvent.safeParse(JSON.parse(payload));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Type and data of an event; undefined: it is none, cannot be stored, or its name is the cloud's own. */
function read({ payload, parsed = parse(payload) }: IncomingDeviceEvent): ReadData | undefined {
  if (parsed === undefined || isSystemEvent(parsed.eventType)) return undefined;
  const { eventType, eventData } = parsed;
  if (!isStorable(eventType) || !isStorable(eventData)) return undefined;
  return {
    eventType,
    eventData: eventData ?? {},
    dataText: eventData === undefined ? '{}' : (memberText(payload, 'eventData') ?? '{}'),
  };
}

type StoreDeps = Pick<Deps, 'db' | 'bus' | 'clock' | 'log' | 'limits'>;

interface FoundPlace extends DevicePlace {
  keyHash: Buffer;
}

/** Where these devices are now; one that is gone is not in it. */
async function findPlaces(db: Database, deviceIds: readonly number[]): Promise<Map<number, FoundPlace>> {
  if (deviceIds.length === 0) return new Map();
  const known = await db
    .select({
      id: devices.id,
      homeId: devices.homeId,
      deviceClass: devices.deviceClass,
      keyHash: devices.keyHash,
    })
    .from(devices)
    // One parameter, whatever their number: one prepared statement serves batches of every size.
    .where(sql`${devices.id} = any(${`{${deviceIds.join(',')}}`}::bigint[])`);
  return new Map(known.map(({ id, ...place }) => [id, place]));
}

/** An event that can be stored, and the home that it is written in as far as that is known. */
interface ReadEvent extends ReadData {
  incoming: IncomingDeviceEvent;
  index: number;
  homeId: number | undefined;
  deviceClass: string;
}
type PlacedEvent = ReadEvent & { homeId: number };

/** Writes events where their devices are said to be; those whose device is not there, or whose home is off, are returned. */
async function writeAt(
  { db, bus }: StoreDeps,
  events: readonly PlacedEvent[],
  now: Date,
): Promise<PlacedEvent[]> {
  const timestamp = toTimestamp(now);
  const toWrite = events.map(
    ({ incoming, eventType, eventData, dataText, homeId, deviceClass }): EventToWrite => {
      const event: OutgoingEvent = {
        eventType,
        eventData,
        timestamp,
        homeId,
        originDeviceId: incoming.deviceId,
        originDeviceClass: deviceClass,
      };
      if (incoming.address !== undefined) event.originDeviceIp = incoming.address;
      return { event, dataText, isFromDevice: true, keyHash: incoming.keyHash };
    },
  );
  // One statement: it is atomic by itself.
  const lines = await writeEvents(db, toWrite);
  bus.announce(lines);
  return events.filter((_event, place) => lines[place] === undefined);
}

/**
 * Stores what devices told, in the order given, and announces it after commit (mode-api 6.3). What is acknowledged on
 * the strength of `stored` is in PostgreSQL. One statement where every device is where it was when it was let in;
 * where one has moved, its events are written where it is now.
 */
export async function storeDeviceEvents(
  deps: StoreDeps,
  incoming: readonly IncomingDeviceEvent[],
): Promise<StoredOutcome[]> {
  const { db, clock, log, limits } = deps;
  const now = clock.now();
  const events: ReadEvent[] = [];
  const outcomes = incoming.map((one, index): StoredOutcome => {
    const event = read(one);
    if (event === undefined) return 'invalid';
    const { eventType, eventData, dataText } = event;
    events.push({
      eventType,
      eventData,
      dataText,
      incoming: one,
      index,
      homeId: undefined,
      deviceClass: '',
    });
    return 'stored';
  });
  const unplaced = events.flatMap(({ incoming: { deviceId, place } }) =>
    place?.homeId == null ? [deviceId] : [],
  );
  let places = await findPlaces(db, unplaced);
  const told = new Set<number>();
  /** Puts an event in the home that its device is known to be in; false: in none. */
  const findsPlace =
    (isAgain: boolean) =>
    (event: ReadEvent): event is PlacedEvent => {
      const { deviceId, place, keyHash } = event.incoming;
      const found = places.get(deviceId);
      const isOther = keyHash !== undefined && found?.keyHash.toString('hex') !== keyHash;
      const looked = isOther ? undefined : found;
      const known = isAgain || place?.homeId == null ? looked : place;
      if (place !== undefined && known !== undefined && known !== place) {
        place.homeId = known.homeId;
        place.deviceClass = known.deviceClass;
      }
      if (known?.homeId == null) {
        outcomes[event.index] = 'no-home';
        return false;
      }
      event.homeId = known.homeId;
      event.deviceClass = known.deviceClass;
      return true;
    };
  const wanted = events.filter(findsPlace(false));
  const waits = await spend(
    deps,
    wanted.map(({ incoming: { deviceId } }) => deviceAllowance(deviceId, limits)),
  );
  const first = wanted.filter(({ index }, place) => {
    if (waits[place] !== undefined) outcomes[index] = 'limited';
    return waits[place] === undefined;
  });
  let left = first.length === 0 ? [] : await writeAt(deps, first, now);
  if (left.length > 0) {
    // Moved, or its home is switched off: looked at once more.
    places = await findPlaces(
      db,
      left.map((event) => event.incoming.deviceId),
    );
    const second = left.filter(findsPlace(true));
    left = second.length === 0 ? [] : await writeAt(deps, second, now);
    for (const { index } of left) outcomes[index] = 'no-home';
  }
  for (const { index, incoming: one } of first) if (outcomes[index] === 'stored') told.add(one.deviceId);
  if (told.size > 0) stampDevices({ db, log }, told, now);
  return outcomes;
}
