import { randomUUID } from 'node:crypto';
import { lockPins } from '@/drizzle/schema';
import type { clearMatterPin as operation } from '../../contracts/matter-devices';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { always } from '../../domain/access/window';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { placePinCommand } from '../lock-pins/place-command';
import { keyOfHub } from '../lock-pins/ready-lock';
import { beginRemoval } from '../lock-pins/remove-pin';
import { sendNextPin } from '../lock-pins/send-next';
import type { PinRow } from '../lock-pins/view';
import { recordPinDeed } from '../lock-pins/write-pin';
import { holdLock } from '../locks/change-lock';
import { loadMatterDevice } from './load-matter-device';
import { findPinAt, lockOfDevice } from './set-matter-pin';
import { recordOfDevice } from './update-state';

/**
 * POST /matter-devices/{id}/ClearMatterPin (lock-api 7): the place is cleared, whoever set it; tried until the lock was
 * reached. Raises `conflict` with a name.
 */
export async function clearMatterPin(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { device, facts } = await loadMatterDevice(deps.db, caller.principal, params.id);
  authorise('matterDevices.clearPin', caller.principal, facts);
  if (device === undefined) throw new Failure('not_found');
  const { credentialIndex, userIndex } = body;
  const lockId = lockOfDevice(device);
  const now = deps.clock.now();
  const by = identityOf(caller.principal);
  const line = await deps.db.transaction(async (tx) => {
    const { lock } = await holdLock(tx, lockId);
    await keyOfHub(tx, lock);
    const known = await findPinAt(tx, lockId, credentialIndex);
    if (known !== undefined) {
      await beginRemoval(tx, known, by, now);
      return recordPinDeed(tx, caller, lock, known, 'revoked', now);
    }
    const unknown: PinRow = {
      id: randomUUID(),
      lockId,
      name: `PIN ${credentialIndex}`,
      slot: credentialIndex,
      ...always,
      state: 'removing',
      error: null,
      createdByKind: by.kind,
      createdById: by.id,
      createdByName: by.name,
      createdAt: now,
      setAt: null,
      removedAt: null,
    };
    await tx.insert(lockPins).values(unknown);
    await placePinCommand(tx, unknown, { kind: 'clear-pin', slot: credentialIndex }, by, now);
    return recordPinDeed(tx, caller, lock, unknown, 'revoked', now);
  });
  deps.bus.announce([line]);
  await sendNextPin(deps, lockId);
  return recordOfDevice(deps, device.id, {
    type: 'ClearPin',
    thingName: device.thingName,
    userIndex,
    credentialIndex,
  });
}
