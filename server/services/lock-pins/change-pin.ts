import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { lockPins } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { changePin as operation } from '../../contracts/pins';
import type { Executor } from '../../db/client';
import type { Window } from '../../domain/access/window';
import { changeWindow } from '../../domain/access/wire-window';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { holdLock } from '../locks/change-lock';
import { type LockRow, loadLock, lockThing } from '../locks/load-lock';
import { placePinCommand } from './place-command';
import { checkDigits, checkWindow, keyOfHub, refusal } from './ready-lock';
import { sealPin } from './seal-pin';
import { sendNextPin } from './send-next';
import { type PinRow, toPin, windowOf } from './view';
import { countDigits, findPin, recordPinDeed } from './write-pin';

const isSameWindow = (one: Window, other: Window): boolean =>
  JSON.stringify(windowOf(one)) === JSON.stringify(windowOf(other));

interface Change {
  name?: string | undefined;
  pin?: string | undefined;
  window: (before: Window) => Window;
}

/**
 * Changes a code that is held: its name at once, all else once the lock has it; one that the lock never had is set anew
 * when its digits come along. Raises `conflict` PIN_BUSY while the lock is told of it already.
 */
export async function changeHeld(
  tx: Executor,
  caller: Caller,
  lock: LockRow,
  pin: PinRow,
  change: Change,
  now: Date,
): Promise<PinRow> {
  const name = change.name ?? pin.name;
  const window = change.window(pin);
  const isWindowNew = !isSameWindow(pin, window);
  const isForLock = change.pin !== undefined || (isWindowNew && pin.slot !== null);
  if ((isForLock || isWindowNew) && (pin.state === 'pending' || pin.state === 'removing'))
    throw refusal('PIN_BUSY', 'the lock is being told of this PIN code. Wait until that has ended.');
  if (isWindowNew) checkWindow(lock, window, now);
  if (!isForLock) {
    const next: PinRow = { ...pin, name, ...window };
    await tx
      .update(lockPins)
      .set({ name, ...window })
      .where(eq(lockPins.id, pin.id));
    return next;
  }
  const hubKey = await keyOfHub(tx, lock);
  if (!isWindowNew) checkWindow(lock, window, now);
  const id = randomUUID();
  const sealedPin =
    change.pin === undefined ? undefined : sealPin(change.pin, hubKey, lockThing(lock.uuid), id);
  const by = identityOf(caller.principal);
  await placePinCommand(tx, pin, { id, kind: 'set-pin', slot: pin.slot, window, sealedPin }, by, now);
  // Until the lock has the change, the row says what it has; a code that it never had shows what is wanted.
  const shown = pin.slot === null ? windowOf(window) : windowOf(pin);
  const set = { name, ...shown, state: 'pending' as const, error: null };
  await tx.update(lockPins).set(set).where(eq(lockPins.id, pin.id));
  return { ...pin, ...set };
}

/** PATCH /locks/{id}/pins/{pinId} (ours): what is absent stays. Raises `invalid`, `conflict` with a name, `rate_limited`. */
export async function changePin(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = deps.clock.now();
  const { lock: loaded, home, facts } = await loadLock(deps.db, caller.principal, params.id, now);
  authorise('pins.change', caller.principal, facts);
  if (loaded === undefined) throw new Failure('not_found');
  if (body.pin !== undefined) {
    checkDigits(loaded, body.pin);
    await countDigits(deps, loaded.id);
  }
  const { row, line } = await deps.db.transaction(async (tx) => {
    const { lock } = await holdLock(tx, params.id);
    const pin = await findPin(tx, lock.id, params.pinId);
    const change = { name: body.name, pin: body.pin, window: (before: Window) => changeWindow(before, body) };
    const next = await changeHeld(tx, caller, lock, pin, change, now);
    return { row: next, line: await recordPinDeed(tx, caller, lock, next, 'changed', now) };
  });
  deps.bus.announce([line]);
  await sendNextPin(deps, params.id);
  return toPin(row, now, zoneOf(home?.timezone).zone);
}
