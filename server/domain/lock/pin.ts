import type { Window } from '../access/window';
import { invalidField } from '../errors';
import { type SealedPin, writeSealedPin } from '../hub/sealed-pin';
import { isJsonObject, type Json, type JsonObject } from '../json';

/** How long a lock may take for one command about a PIN code: whoever typed the digits is told in time, and types them again. */
export const pinLifeMs = 2 * 60_000;
/** Codes added at one lock in an hour. */
export const pinsPerHour = 60;
/** Codes of one lock where the lock does not say how many it takes. */
export const pinsMost = 100;
const slotsMost = 10_000;

export type PinState = 'pending' | 'set' | 'failed' | 'removing';

/** When a code counts, as the lock is told (weekdays: 1 is Monday; minutes after midnight in the home's time zone). */
export type PinSchedule =
  | { kind: 'between'; from: string; until: string }
  | { kind: 'weekly'; weekdays: number[]; fromMinute: number; untilMinute: number };

const lastMinute = 24 * 60;
const allDays = [1, 2, 3, 4, 5, 6, 7];

/**
 * A window as a lock can keep it; undefined: always. Raises `invalid` for what no keypad can: dates together with hours,
 * a beginning without an end, hours over midnight.
 */
export function scheduleOf(window: Window, now: Date): PinSchedule | undefined {
  const { validFrom, validUntil, weekdays, fromMinute, untilMinute } = window;
  const isWeekly = weekdays !== null || fromMinute !== null || untilMinute !== null;
  if (validFrom === null && validUntil === null) {
    if (!isWeekly) return undefined;
    const [from, until] = [fromMinute ?? 0, untilMinute ?? lastMinute];
    if (until <= from)
      throw invalidField('until', 'must be after from: a keypad keeps no hours over midnight');
    const days = weekdays === null ? allDays : allDays.filter((day) => (weekdays & (1 << (day - 1))) !== 0);
    return { kind: 'weekly', weekdays: days, fromMinute: from, untilMinute: until };
  }
  if (isWeekly)
    throw invalidField(
      weekdays !== null ? 'weekdays' : fromMinute !== null ? 'from' : 'until',
      'cannot be together with dates: a keypad keeps dates or hours of the week',
    );
  if (validUntil === null) throw invalidField('validUntil', 'is required beside validFrom');
  if (validUntil <= now) throw invalidField('validUntil', 'must be in the future');
  return {
    kind: 'between',
    from: (validFrom ?? now).toISOString(),
    until: validUntil.toISOString(),
  };
}

export interface PinCommand {
  id: string;
  kind: 'set-pin' | 'clear-pin';
  slot: number | null;
  name?: string | undefined;
  pin?: SealedPin | undefined;
  schedule?: PinSchedule | undefined;
  timezone?: string | undefined;
  issuedAt: Date;
  expiresAt: Date;
}

/** What stands in `desired.pin` of a lock's shadow until the lock has done it or its time is over. */
export const desiredPin = (command: PinCommand): JsonObject => ({
  id: command.id,
  type: command.kind === 'set-pin' ? 'set_pin' : 'clear_pin',
  slot: command.slot,
  ...(command.name === undefined ? {} : { name: command.name }),
  ...(command.pin === undefined ? {} : { pin: writeSealedPin(command.pin) }),
  ...(command.schedule === undefined
    ? {}
    : { schedule: { ...command.schedule }, timezone: command.timezone ?? 'UTC' }),
  issuedAt: command.issuedAt.getTime(),
  expiresAt: command.expiresAt.getTime(),
});

/** What a lock says of a command about a code. */
export interface PinReport {
  id: string;
  state: 'accepted' | 'succeeded' | 'failed' | 'expired';
  slot?: number;
  error?: string;
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const states = ['accepted', 'succeeded', 'failed', 'expired'] as const;
const errorShape = /^[A-Z][A-Z_]{1,39}$/;

const member = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
const wholeNumber = (value: Json | undefined, most: number): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most ? value : undefined;

/** Reads `reported.pin`; undefined: nothing that can be understood. */
export function readPinReport(reported: JsonObject): PinReport | undefined {
  const told = member(reported, 'pin');
  if (!isJsonObject(told)) return undefined;
  const id = member(told, 'id');
  const state = states.find((known) => known === member(told, 'state'));
  if (typeof id !== 'string' || !uuidShape.test(id) || state === undefined) return undefined;
  const slot = wholeNumber(member(told, 'slot'), slotsMost);
  const error = member(told, 'error');
  return {
    id,
    state,
    ...(slot === undefined ? {} : { slot }),
    ...(typeof error === 'string' && errorShape.test(error) ? { error } : {}),
  };
}

/** What a lock said of its keypad. */
export interface Keypad {
  takesPins: boolean;
  takesSchedules: boolean;
  slots?: number;
  minLength?: number;
  maxLength?: number;
}

/** What is known of a keypad after a report: `features` and `pinLimits` are each told by themselves. */
export function readKeypad(before: Keypad | null, reported: JsonObject): Keypad | null {
  const features = member(reported, 'features');
  const limits = member(reported, 'pinLimits');
  if (features === undefined && limits === undefined) return before;
  const known: Partial<Keypad> = before ?? {};
  const { takesPins = false, takesSchedules = false } = known;
  const isTold = (name: string, otherwise: boolean) =>
    features === undefined ? otherwise : Array.isArray(features) && features.includes(name);
  const given = isJsonObject(limits) ? limits : undefined;
  const limit = (name: 'slots' | 'minLength' | 'maxLength', most: number) => {
    const value = limits === undefined ? known[name] : given && wholeNumber(member(given, name), most);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    takesPins: isTold('pin', takesPins),
    takesSchedules: isTold('pinSchedule', takesSchedules),
    ...limit('slots', slotsMost),
    ...limit('minLength', 32),
    ...limit('maxLength', 32),
  };
}

/** Lengths that a code may have at a lock: what the lock says, within what any keypad takes. */
export function lengthsOf(keypad: Keypad | null): { min: number; max: number } {
  const min = Math.max(4, keypad?.minLength ?? 4);
  return { min, max: Math.max(min, Math.min(8, keypad?.maxLength ?? 8)) };
}
