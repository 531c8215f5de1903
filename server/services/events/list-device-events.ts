import { eq } from 'drizzle-orm';
import { deviceEvents } from '@/drizzle/schema/by-hand/device-events';
import type { listDeviceEvents as operation } from '../../contracts/devices';
import { type InputOf, RawJson } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadDevice } from '../devices/load-device';
import { readEventPage } from './read-page';

/** GET /devices/{deviceId}/events (ours): what the device told in the home it is in; other homes' events stay theirs. */
export async function listDeviceEvents(
  { db }: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<RawJson> {
  const { device, facts } = await loadDevice(db, principal, params.deviceId);
  authorise('devices.events', principal, facts);
  if (device?.homeId == null) return new RawJson('{"items":[],"next":null}');
  return readEventPage(db, device.homeId, query, eq(deviceEvents.deviceId, device.id));
}
