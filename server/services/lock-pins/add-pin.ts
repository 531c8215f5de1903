import { randomUUID } from 'node:crypto';
import { lockPins } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { addPin as operation } from '../../contracts/pins';
import { always, type Window } from '../../domain/access/window';
import { changeWindow } from '../../domain/access/wire-window';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { holdLock } from '../locks/change-lock';
import { loadLock, lockThing } from '../locks/load-lock';
import { placePinCommand } from './place-command';
import { checkDigits, checkWindow, keyOfHub, makeDigits, requireSlot } from './ready-lock';
import { sealPin } from './seal-pin';
import { sendNextPin } from './send-next';
import { type PinRow, toPin } from './view';
import { countDigits, recordPinDeed } from './write-pin';

export interface WantedPin {
  name: string;
  pin: string;
  window: Window;
  /** Its place, when the caller chose one. */
  slot?: number | undefined;
}

/**
 * Writes down a code that a lock is to have: its name and window, and its digits sealed for the hub alone. Raises what
 * stands in the way. The caller has authorised it, and sends what waits.
 */
export async function writePin(
  deps: Pick<Deps, 'db' | 'clock' | 'bus'>,
  caller: Caller,
  lockId: number,
  { name, pin, window, slot }: WantedPin,
): Promise<PinRow> {
  const now = deps.clock.now();
  const by = identityOf(caller.principal);
  const { row, line } = await deps.db.transaction(async (tx) => {
    const { lock } = await holdLock(tx, lockId);
    const hubKey = await keyOfHub(tx, lock);
    await requireSlot(tx, lock);
    const made: PinRow = {
      id: randomUUID(),
      lockId,
      name,
      slot: null,
      ...window,
      state: 'pending',
      error: null,
      createdByKind: by.kind,
      createdById: by.id,
      createdByName: by.name,
      createdAt: now,
      setAt: null,
      removedAt: null,
    };
    await tx.insert(lockPins).values(made);
    const id = randomUUID();
    const sealedPin = sealPin(pin, hubKey, lockThing(lock.uuid), id);
    await placePinCommand(tx, made, { id, kind: 'set-pin', slot: slot ?? null, window, sealedPin }, by, now);
    return { row: made, line: await recordPinDeed(tx, caller, lock, made, 'created', now) };
  });
  deps.bus.announce([line]);
  return row;
}

/**
 * POST /locks/{id}/pins (ours): the answer comes once it is written down; whether the lock has it is told by its state.
 * Raises `invalid`, `conflict` with a name, `rate_limited`, `device_unreachable` for a suspended hub.
 */
export async function addPin(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = deps.clock.now();
  const { lock, home, facts } = await loadLock(deps.db, caller.principal, params.id, now);
  authorise('pins.add', caller.principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  await keyOfHub(deps.db, lock);
  const window = changeWindow(always, body);
  checkWindow(lock, window, now);
  const pin = body.pin ?? makeDigits(lock);
  checkDigits(lock, pin);
  await countDigits(deps, lock.id);
  const row = await writePin(deps, caller, lock.id, { name: body.name, pin, window });
  await sendNextPin(deps, lock.id);
  return {
    ...toPin(row, now, zoneOf(home?.timezone).zone),
    ...(body.pin === undefined ? { pin } : {}),
  };
}
