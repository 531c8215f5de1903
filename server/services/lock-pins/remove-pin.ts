import { and, eq, inArray } from 'drizzle-orm';
import { lockKeyCommands, lockPins } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { removePin as operation } from '../../contracts/pins';
import type { Executor } from '../../db/client';
import { identityOf } from '../../domain/principal';
import type { Actor } from '../audit/add-lines';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from '../locks/authorise-lock';
import { holdLock } from '../locks/change-lock';
import { dropQueued, pinKinds, placePinCommand } from './place-command';
import { sendNextPin } from './send-next';
import type { PinRow } from './view';
import { findPin, recordPinDeed } from './write-pin';

/**
 * Begins to take a code away: the lock is told to clear it, or it is closed at once where the lock cannot have it. What
 * is under way for it comes to its end first. The caller holds the lock's row.
 */
export async function beginRemoval(
  executor: Executor,
  pin: PinRow,
  by: Actor,
  now: Date,
  /** What it is called from now on. */
  name = pin.name,
): Promise<'removing' | 'removed'> {
  if (pin.state === 'removing') {
    if (name !== pin.name) await executor.update(lockPins).set({ name }).where(eq(lockPins.id, pin.id));
    return 'removing';
  }
  await dropQueued(executor, pin, now);
  const underWay = await executor
    .select({ id: lockKeyCommands.id })
    .from(lockKeyCommands)
    .where(
      and(
        eq(lockKeyCommands.keyUuid, pin.id),
        eq(lockKeyCommands.lockId, pin.lockId),
        inArray(lockKeyCommands.kind, pinKinds),
        eq(lockKeyCommands.status, 'sent'),
      ),
    );
  const isGone = pin.slot === null && pin.state !== 'set' && underWay.length === 0;
  await executor
    .update(lockPins)
    .set({ name, state: 'removing', error: null, ...(isGone ? { removedAt: now } : {}) })
    .where(eq(lockPins.id, pin.id));
  if (isGone) return 'removed';
  if (underWay.length === 0)
    await placePinCommand(executor, pin, { kind: 'clear-pin', slot: pin.slot }, by, now);
  return 'removing';
}

/** DELETE /locks/{id}/pins/{pinId} (ours): tried until the lock has done it; the code works until then. */
export async function removePin(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  await authoriseLock(deps, 'pins.remove', caller.principal, params.id);
  const now = deps.clock.now();
  const { id, state, line } = await deps.db.transaction(async (tx) => {
    const { lock } = await holdLock(tx, params.id);
    const pin = await findPin(tx, lock.id, params.pinId);
    const isRepeated = pin.state === 'removing';
    const became = await beginRemoval(tx, pin, identityOf(caller.principal), now);
    return {
      id: pin.id,
      state: became,
      line: isRepeated ? undefined : await recordPinDeed(tx, caller, lock, pin, 'revoked', now),
    };
  });
  deps.bus.announce([line]);
  await sendNextPin(deps, params.id);
  return { success: true, id, state };
}
