import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import type { Device } from '@/server/contracts/devices';
import { Failure } from '@/server/domain/errors';
import type { Caller } from '@/server/services/deps';
import { getDevice } from '@/server/services/devices/get-device';
import { listDeviceEvents } from '@/server/services/events/list-device-events';
import type { ShownHome } from '@/server/services/homes/show-home';
import { loadHome } from '../load-home';

/** The home of a page about its devices or data; guests have neither, and `part` is where signing in leads back to. */
export async function loadHomeOfMember(
  homeId: string,
  part: string,
): Promise<{ home: ShownHome; caller: Caller }> {
  const home = await loadHome(homeId, part);
  if (home.role === 'guest') notFound();
  const { principal } = await requireUser(`/dashboard/homes/${home.id}${part}`);
  return { home, caller: { principal, via: 'page' } };
}

/** A device of this home, loaded once a request. One of another home is as missing as one that never was. */
export const loadDevicePage = cache(
  async (homeId: string, deviceId: string): Promise<{ home: ShownHome; device: Device; caller: Caller }> => {
    if (!/^[1-9]\d{0,14}$/.test(deviceId)) notFound();
    const { home, caller } = await loadHomeOfMember(homeId, `/devices/${deviceId}`);
    try {
      const params = { deviceId: Number(deviceId) };
      const device = await getDevice(await getRuntime(), caller, {
        params,
        query: undefined,
        body: undefined,
      });
      if (device.homeId !== home.id) notFound();
      return { home, device, caller };
    } catch (error) {
      if (error instanceof Failure && (error.code === 'not_found' || error.code === 'forbidden')) notFound();
      throw error;
    }
  },
);

/** A device with the newest page of its events, as JSON text of the API: its numbers stay letter for letter. */
export async function loadDeviceEvents(
  homeId: string,
  deviceId: string,
): Promise<{ home: ShownHome; device: Device; events: string }> {
  const { home, device, caller } = await loadDevicePage(homeId, deviceId);
  const page = await listDeviceEvents(await getRuntime(), caller, {
    params: { deviceId: device.id },
    query: {},
    body: undefined,
  });
  return { home, device, events: page.text };
}
