import { randomInt } from 'node:crypto';
import { and, count, eq, isNull } from 'drizzle-orm';
import { hubs, lockPins } from '@/drizzle/schema';
import type { KeypadView } from '../../contracts/pins';
import type { Executor } from '../../db/client';
import type { Window } from '../../domain/access/window';
import { Failure, invalidField } from '../../domain/errors';
import { lengthsOf, pinsMost, scheduleOf } from '../../domain/lock/pin';
import { pinWeakness } from '../../domain/lock/weak-pin';
import { hubIsSuspended } from '../commissionings/place-commissioning';
import type { LockRow } from '../locks/load-lock';

/** A refusal that says by name what stands in the way. */
export const refusal = (reason: string, text: string) =>
  new Failure('conflict', { reason, message: `${reason}: ${text}` });

/** The key that codes of a lock are sealed to. Raises `conflict` PINS_UNSUPPORTED and HUB_NOT_READY, `device_unreachable`. */
export async function keyOfHub(executor: Executor, lock: LockRow): Promise<string> {
  if (lock.keypad?.takesPins !== true) throw refusal('PINS_UNSUPPORTED', 'this lock takes no PIN codes.');
  const [hub] = lock.hubId === null ? [] : await executor.select().from(hubs).where(eq(hubs.id, lock.hubId));
  if (hub?.status === 'suspended') throw hubIsSuspended();
  if (hub === undefined || hub.pinKey === null || hub.status !== 'claimed')
    throw refusal('HUB_NOT_READY', 'the hub of this lock cannot take PIN codes yet.');
  return hub.pinKey;
}

/** Raises `invalid` for digits that the lock does not take, and for those that are no secret at all. */
export function checkDigits(lock: LockRow, pin: string, field = 'pin'): void {
  const { min, max } = lengthsOf(lock.keypad);
  if (pin.length < min || pin.length > max)
    throw invalidField(
      field,
      min === max ? `must have ${min} digits at this lock` : `must have ${min} to ${max} digits at this lock`,
    );
  if (pinWeakness(pin) === 'same') throw invalidField(field, 'must not be one digit again and again');
}

/** Raises `invalid` for a window that no keypad keeps, `conflict` SCHEDULE_UNSUPPORTED where this one keeps none. */
export function checkWindow(lock: LockRow, window: Window, now: Date): void {
  if (scheduleOf(window, now) !== undefined && lock.keypad?.takesSchedules !== true)
    throw refusal('SCHEDULE_UNSUPPORTED', 'this lock keeps no times for its PIN codes.');
}

/** Raises `conflict` PIN_SLOTS_FULL when the lock has no place left. The caller holds the lock's row. */
export async function requireSlot(executor: Executor, lock: LockRow): Promise<void> {
  const [held] = await executor
    .select({ count: count() })
    .from(lockPins)
    .where(and(eq(lockPins.lockId, lock.id), isNull(lockPins.removedAt)));
  if ((held?.count ?? 0) >= Math.min(lock.keypad?.slots ?? pinsMost, pinsMost))
    throw refusal('PIN_SLOTS_FULL', 'this lock has no place for another PIN code. Take one away first.');
}

/** Random digits of a good length for a lock, none of which are guessed among the first. */
export function makeDigits(lock: LockRow): string {
  const { min, max } = lengthsOf(lock.keypad);
  const length = Math.min(Math.max(6, min), max);
  for (;;) {
    const pin = Array.from({ length }, () => randomInt(10)).join('');
    if (pinWeakness(pin) === undefined) return pin;
  }
}

/** What people are told of a lock's keypad. */
export async function toKeypad(executor: Executor, lock: LockRow): Promise<KeypadView> {
  const { min, max } = lengthsOf(lock.keypad);
  const [hub] =
    lock.hubId === null
      ? []
      : await executor
          .select({ pinKey: hubs.pinKey, status: hubs.status })
          .from(hubs)
          .where(eq(hubs.id, lock.hubId));
  return {
    takesPins: lock.keypad?.takesPins ?? false,
    takesSchedules: lock.keypad?.takesSchedules ?? false,
    minLength: min,
    maxLength: max,
    ...(lock.keypad?.slots === undefined ? {} : { slots: lock.keypad.slots }),
    isReady: hub?.status === 'claimed' && hub.pinKey !== null,
    reachable: lock.reachable,
  };
}
