import { and, eq } from 'drizzle-orm';
import { devices } from '@/drizzle/schema';
import type { releaseDevice as operation } from '../../contracts/console-actions';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { releaseFromHome } from '../devices/release-from-home';
import { loadSupportedHome } from './load-supported';
import { recordHomeDeed } from './record-support';

/**
 * POST /staff/homes/{homeId}/devices/{deviceId}/release: the device leaves the home as if a member had removed it
 * (mode-api 5.6). Raises `not_found` for devices of other homes.
 */
export async function releaseDevice(
  deps: Deps,
  { principal, address }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { home, staff } = await loadSupportedHome(deps.db, 'staff.releaseDevice', principal, params.homeId);
  const [device] = await deps.db
    .select()
    .from(devices)
    .where(and(eq(devices.id, params.deviceId), eq(devices.homeId, home.id)));
  if (device === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const line = await deps.db.transaction(async (tx) => {
    const told = await releaseFromHome(tx, device);
    await recordHomeDeed(deps, tx, { staff, address }, home, {
      action: 'device.release',
      reason: body.reason,
      subject: { kind: 'device', id: String(device.id) },
      data: { deviceClass: device.deviceClass, name: device.name ?? '' },
    });
    return told;
  });
  deps.bus.announce([line]);
  if (device.isOnDemand) deps.bus.revoke({ kind: 'device', id: device.id });
}
