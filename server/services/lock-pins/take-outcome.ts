import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { lockKeyCommands, lockPins } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import type { JsonObject } from '../../domain/json';
import { readPinReport } from '../../domain/lock/pin';
import { decidePinOutcome, type PinCommandFacts, type PinOutcome } from '../../domain/lock/pin-life';
import type { HomeEvent } from '../../event-store/outbox';
import { recordAccess } from '../access/record-access';
import type { LockRow } from '../locks/load-lock';
import { dropQueued, pinKinds, placePinCommand, wantedWindow } from './place-command';
import type { PinCommandRow, PinRow } from './view';

type Held = Pick<LockRow, 'id' | 'homeId'>;

const factsOf = (command: PinCommandRow): PinCommandFacts => ({
  kind: command.kind === 'set-pin' ? 'set-pin' : 'clear-pin',
  status: command.status === 'pending' ? 'sent' : command.status,
  slot: command.indexNumber,
  attempts: command.attempts,
});
const byOf = ({ principalKind, principalId, principalName }: PinCommandRow) => ({
  kind: principalKind,
  id: principalId,
  name: principalName,
});

/** A place of which no row speaks is cleared under a row of its own, so that it is seen until then. */
async function clearStray(
  executor: Executor,
  pin: PinRow,
  slot: number,
  by: ReturnType<typeof byOf>,
  now: Date,
): Promise<void> {
  const stray: PinRow = { ...pin, id: randomUUID(), slot, state: 'removing', error: null };
  await executor.insert(lockPins).values(stray);
  await placePinCommand(executor, stray, { kind: 'clear-pin', slot }, by, now);
}

/**
 * Takes in how a command about a code ended: the code follows, and what is still to be cleared is placed. The caller
 * holds the lock's row. Returns what the home is to be told; undefined: nothing was new.
 */
export async function takePinOutcome(
  executor: Executor,
  lock: Held,
  command: PinCommandRow,
  outcome: PinOutcome,
  now: Date,
): Promise<{ line: HomeEvent | undefined } | undefined> {
  const [pin] = await executor.select().from(lockPins).where(eq(lockPins.id, command.keyUuid));
  if (pin === undefined) return undefined;
  const facts = { state: pin.state, slot: pin.slot, isClosed: pin.removedAt !== null };
  const decision = decidePinOutcome(facts, factsOf(command), outcome);
  if (decision === undefined) return undefined;
  await executor
    .update(lockKeyCommands)
    .set({
      status: decision.status,
      error: outcome.isDone ? null : outcome.error,
      sealedPin: null,
      // What was never sent stands nowhere.
      ...(command.status === 'queued' ? { withdrawnAt: now } : {}),
    })
    .where(eq(lockKeyCommands.id, command.id));
  const { isClosed, ...change } = decision.pin;
  if (isClosed === true) await dropQueued(executor, pin, now);
  const set = {
    ...change,
    ...(decision.isSet ? { ...wantedWindow(command), setAt: now } : {}),
    ...(isClosed === undefined ? {} : { removedAt: isClosed ? now : null }),
  };
  if (Object.keys(set).length > 0) await executor.update(lockPins).set(set).where(eq(lockPins.id, pin.id));
  const by = byOf(command);
  if (decision.clear !== undefined) {
    const { slot, attempts, delayMs } = decision.clear;
    const dueAt = new Date(now.getTime() + delayMs);
    await placePinCommand(executor, pin, { kind: 'clear-pin', slot, attempts, dueAt }, by, now);
  }
  if (decision.stray !== undefined) await clearStray(executor, pin, decision.stray, by, now);
  return {
    line: await recordAccess(executor, lock.homeId, {
      kind: 'pin',
      action: isClosed === true ? 'revoked' : 'changed',
      id: pin.id,
      lockIds: [lock.id],
    }),
  };
}

/**
 * Takes in what a lock reports of a command about a code; `ended` is the command when it is over and is to be withdrawn.
 * The caller holds the lock's row.
 */
export async function settlePinReport(
  executor: Executor,
  lock: Held,
  reported: JsonObject,
  now: Date,
): Promise<{ line: HomeEvent | undefined; ended: string } | undefined> {
  const report = readPinReport(reported);
  if (report === undefined || report.state === 'accepted') return undefined;
  const [command] = await executor
    .select()
    .from(lockKeyCommands)
    .where(
      and(
        eq(lockKeyCommands.id, report.id),
        eq(lockKeyCommands.lockId, lock.id),
        inArray(lockKeyCommands.kind, pinKinds),
      ),
    );
  if (command === undefined) return undefined;
  const outcome: PinOutcome =
    report.state === 'succeeded'
      ? { isDone: true, slot: report.slot }
      : {
          isDone: false,
          error: report.error ?? (report.state === 'expired' ? 'LOCK_UNREACHABLE' : 'LOCK_REFUSED'),
        };
  const taken = await takePinOutcome(executor, lock, command, outcome, now);
  return taken === undefined ? undefined : { ...taken, ended: command.id };
}
