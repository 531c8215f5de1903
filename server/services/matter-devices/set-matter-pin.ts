import { and, eq, isNull } from 'drizzle-orm';
import { lockPins } from '@/drizzle/schema';
import type { setMatterPin as operation } from '../../contracts/matter-devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Executor } from '../../db/client';
import { always } from '../../domain/access/window';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { writePin } from '../lock-pins/add-pin';
import { changeHeld } from '../lock-pins/change-pin';
import { checkDigits, keyOfHub, refusal } from '../lock-pins/ready-lock';
import { sendNextPin } from '../lock-pins/send-next';
import { type PinRow, windowOf } from '../lock-pins/view';
import { countDigits, recordPinDeed } from '../lock-pins/write-pin';
import { holdLock } from '../locks/change-lock';
import { loadMatterDevice, type MatterDeviceRow } from './load-matter-device';
import { recordOfDevice } from './update-state';

/** The lock that a device is. Raises `conflict` PINS_UNSUPPORTED for a device that is none of ours. */
export function lockOfDevice({ lockId }: MatterDeviceRow): number {
  if (lockId === null) throw refusal('PINS_UNSUPPORTED', 'this device is no lock that takes PIN codes.');
  return lockId;
}

/** The code that has a place in a lock. The caller holds the lock's row. */
export async function findPinAt(
  executor: Executor,
  lockId: number,
  slot: number,
): Promise<PinRow | undefined> {
  const [pin] = await executor
    .select()
    .from(lockPins)
    .where(and(eq(lockPins.lockId, lockId), eq(lockPins.slot, slot), isNull(lockPins.removedAt)));
  return pin;
}

/**
 * POST /matter-devices/{id}/SetMatterPin (lock-api 7): a code of the lock, at the place that `credentialIndex` names or
 * at a free one. The PIN is in no event. Raises `invalid`, `conflict` with a name, `rate_limited`, `device_unreachable`.
 */
export async function setMatterPin(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { device, facts } = await loadMatterDevice(deps.db, caller.principal, params.id);
  authorise('matterDevices.setPin', caller.principal, facts);
  if (device === undefined) throw new Failure('not_found');
  const { pinCode, userIndex, credentialIndex } = body;
  const lockId = lockOfDevice(device);
  const now = deps.clock.now();
  const known = await deps.db.transaction(async (tx) => {
    const { lock } = await holdLock(tx, lockId);
    await keyOfHub(tx, lock);
    checkDigits(lock, pinCode, 'pinCode');
    return credentialIndex === undefined ? undefined : findPinAt(tx, lockId, credentialIndex);
  });
  await countDigits(deps, lockId);
  if (known === undefined) {
    const name = credentialIndex === undefined ? 'PIN' : `PIN ${credentialIndex}`;
    await writePin(deps, caller, lockId, { name, pin: pinCode, window: always, slot: credentialIndex });
  } else {
    const line = await deps.db.transaction(async (tx) => {
      const { lock } = await holdLock(tx, lockId);
      const pin = await findPinAt(tx, lockId, known.slot ?? -1);
      if (pin === undefined) throw new Failure('conflict');
      const next = await changeHeld(tx, caller, lock, pin, { pin: pinCode, window: windowOf }, now);
      return recordPinDeed(tx, caller, lock, next, 'changed', now);
    });
    deps.bus.announce([line]);
  }
  await sendNextPin(deps, lockId);
  return recordOfDevice(deps, device.id, {
    type: 'SetPin',
    thingName: device.thingName,
    userIndex,
    credentialIndex,
  });
}
