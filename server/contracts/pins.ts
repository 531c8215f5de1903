import { z } from 'zod';
import { standingState } from './access';
import { lockPath } from './locks';
import { operation } from './operation';
import { absentable, id, text, timestamp } from './values';
import { windowChanges, windowFields, windowView } from './windows';

/** Digits that a keypad takes; a lock may take fewer lengths. */
export const pinDigits = z.string().regex(/^\d{4,8}$/, 'must be four to eight digits');
const pinName = text(40);
const pinPath = lockPath.extend({ pinId: z.uuid() });

/** A PIN code of a lock (ours). Its digits are in no answer but that of the call that made them up. */
export const pinView = windowView.extend({
  id: z.string(),
  lockId: id,
  /** Empty for a code of a former home. */
  name: z.string(),
  state: z.enum(['pending', 'set', 'failed', 'removing']),
  /** The lock has it: a code that is pending was changed and works as it was before, one that is removing still works. */
  isInLock: z.boolean(),
  /** What came of the last try, when that failed. */
  error: z.string().optional(),
  /** Where it stands by its window. */
  standing: standingState,
  openUntil: timestamp.optional(),
  nextOpening: timestamp.optional(),
  createdBy: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  createdAt: timestamp,
  setAt: timestamp.optional(),
});
export type PinView = z.infer<typeof pinView>;

/** What a lock takes, and whether it can be told now. */
export const keypadView = z.object({
  takesPins: z.boolean(),
  takesSchedules: z.boolean(),
  minLength: z.number().int(),
  maxLength: z.number().int(),
  /** How many codes the lock keeps, where it says so. */
  slots: z.number().int().optional(),
  /** The hub has told the key that codes are sealed to. */
  isReady: z.boolean(),
  reachable: z.boolean().nullable(),
});
export type KeypadView = z.infer<typeof keypadView>;

export const listPins = operation({
  summary: 'PIN codes of a lock; never their digits',
  method: 'GET',
  path: '/locks/{id}/pins',
  dialect: 'lock',
  params: lockPath,
  output: z.object({
    items: z.array(pinView),
    next: z.string().nullable(),
    keypad: keypadView,
    timezone: z.string(),
    /** The home has no time zone of its own: hours are judged in UTC. */
    isTimezoneAssumed: z.boolean(),
  }),
  status: 200,
  refusals: [400, 403, 404],
});
export type PinList = z.infer<NonNullable<typeof listPins.output>>;

export const addPin = operation({
  summary: 'Set a PIN code at a lock; without digits they are made up and shown in this answer alone',
  method: 'POST',
  path: '/locks/{id}/pins',
  dialect: 'lock',
  params: lockPath,
  body: z.object({ name: pinName, pin: absentable(pinDigits), ...windowFields }),
  examples: { body: { name: 'Cleaning', pin: '493027', weekdays: ['tue'], from: '09:00', until: '13:00' } },
  /** `pin` is there when it was made up. */
  output: pinView.extend({ pin: z.string().optional() }),
  status: 201,
  refusals: [400, 403, 404, 409, 429, 502],
});

export const changePin = operation({
  summary: 'Change name, digits or window of a PIN code; null takes a limit away',
  method: 'PATCH',
  path: '/locks/{id}/pins/{pinId}',
  dialect: 'lock',
  params: pinPath,
  body: z.object({ name: absentable(pinName), pin: absentable(pinDigits), ...windowChanges }),
  examples: { body: { name: 'Cleaning', pin: '493027', validUntil: '2026-12-31T12:00:00.000Z' } },
  output: pinView,
  status: 200,
  refusals: [400, 403, 404, 409, 429, 502],
});

export const removePin = operation({
  summary: 'Take a PIN code away; it works until the lock was reached',
  method: 'DELETE',
  path: '/locks/{id}/pins/{pinId}',
  dialect: 'lock',
  params: pinPath,
  output: z.object({ success: z.literal(true), id: z.string(), state: z.enum(['removing', 'removed']) }),
  status: 200,
  refusals: [400, 403, 404],
});
