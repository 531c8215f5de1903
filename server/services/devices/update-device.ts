import { and, eq, isNull } from 'drizzle-orm';
import { devices, homes } from '@/drizzle/schema';
import type { updateDevice as operation } from '../../contracts/devices';
import type { InputOf } from '../../contracts/operation';
import { invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { requireQuota } from '../projects/require-quota';
import { admit, movedMeanwhile } from './admit';
import { recordPresence } from './record-presence';

/**
 * PATCH /devices/{deviceId} (mode-api 5.6): name and tag, which an empty text takes away. An administrator's key moves a device to another home of its
 * project; from anybody else `homeId` is an immutable field and ignored (mode-api 4).
 */
export async function updateDevice(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { db } = deps;
  const device = await admit(deps, caller, 'devices.update', params.deviceId);
  const homeId = caller.principal.kind === 'projectKey' ? body.homeId : undefined;
  const isMove = homeId !== undefined && homeId !== device.homeId;
  const changes = {
    ...(body.name === undefined ? {} : { name: body.name || null }),
    ...(body.tag === undefined ? {} : { tag: body.tag || null }),
    ...(isMove ? { homeId, claimExpirationTime: null } : {}),
  };
  if (Object.keys(changes).length === 0) return;
  const lines = await db.transaction(async (tx) => {
    if (isMove) {
      await requireQuota(tx, { projectId: device.projectId, homeId, adds: { maxDevicesPerHome: 1 } });
      const [home] = await tx
        .select({ id: homes.id })
        .from(homes)
        .where(and(eq(homes.id, homeId), eq(homes.projectId, device.projectId)))
        .for('key share');
      if (home === undefined) throw invalidField('homeId', 'there is no such home', 'INVALID_HOME_ID');
    }
    const changed = await tx
      .update(devices)
      .set(changes)
      .where(
        and(
          eq(devices.id, device.id),
          device.homeId === null ? isNull(devices.homeId) : eq(devices.homeId, device.homeId),
        ),
      )
      .returning({ id: devices.id });
    if (changed.length === 0) throw movedMeanwhile();
    const from = device.homeId;
    if (!isMove) return [from === null ? undefined : await recordPresence(tx, from, device.id, 'changed')];
    return [
      from === null ? undefined : await recordPresence(tx, from, device.id, 'removed'),
      await recordPresence(tx, homeId, device.id, 'added'),
    ];
  });
  deps.bus.announce(lines);
}
