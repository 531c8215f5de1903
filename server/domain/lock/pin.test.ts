import { describe, expect, it } from 'vitest';
import { always, type Window } from '../access/window';
import type { Failure } from '../errors';
import type { JsonObject } from '../json';
import { desiredPin, lengthsOf, readKeypad, readPinReport, scheduleOf } from './pin';
import {
  decidePinOutcome,
  nextInTurn,
  type PinCommandFacts,
  type PinDecision,
  type PinFacts,
  type PinOutcome,
} from './pin-life';
import { pinWeakness } from './weak-pin';

const now = new Date('2026-03-02T12:00:00.000Z');
const later = new Date('2026-03-09T12:00:00.000Z');
const id = 'aaaaaaaa-0000-4000-8000-000000000001';

describe('the window of a PIN code', () => {
  it.each<[string, Partial<Window>, unknown]>([
    ['none', {}, undefined],
    [
      'an end',
      { validUntil: later },
      { kind: 'between', from: now.toISOString(), until: later.toISOString() },
    ],
    [
      'hours',
      { fromMinute: 60 },
      { kind: 'weekly', weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 60, untilMinute: 1440 },
    ],
    ['days', { weekdays: 0b1000010 }, { kind: 'weekly', weekdays: [2, 7], fromMinute: 0, untilMinute: 1440 }],
  ])('is told to the lock: %s', (_, window, told) => {
    expect(scheduleOf({ ...always, ...window }, now)).toEqual(told);
  });

  it.each<[string, Partial<Window>, string]>([
    ['over midnight', { fromMinute: 1_320, untilMinute: 360 }, 'until'],
    ['dates and days', { validUntil: later, weekdays: 1 }, 'weekdays'],
    ['dates and a beginning', { validUntil: later, fromMinute: 1 }, 'from'],
    ['dates and an end of the day', { validUntil: later, untilMinute: 1 }, 'until'],
    ['a beginning alone', { validFrom: later }, 'validUntil'],
    ['an end that is past', { validUntil: now }, 'validUntil'],
  ])('is refused where no keypad could keep it: %s', (_, window, field) => {
    const ask = () => scheduleOf({ ...always, ...window }, now);
    expect(ask).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ field })] }) as Failure);
  });
});

describe('what a lock is told and says', () => {
  it('is a command without what is not needed', () => {
    const times = { issuedAt: now, expiresAt: later };
    const [issuedAt, expiresAt] = [now.getTime(), later.getTime()];
    expect(desiredPin({ id, kind: 'clear-pin', slot: 4, ...times })).toEqual({
      ...{ id, type: 'clear_pin', slot: 4, issuedAt, expiresAt },
    });
    const pin = { v: 1, key: 'k', box: 'b' } as const;
    expect(
      desiredPin({ id, kind: 'set-pin', slot: null, name: 'Kim', pin, timezone: 'UTC', ...times }),
    ).toEqual({
      ...{ id, type: 'set_pin', slot: null, name: 'Kim', pin, issuedAt, expiresAt },
    });
  });

  it.each<[string, unknown, unknown]>([
    ['its place', { id, state: 'succeeded', slot: 3 }, { id, state: 'succeeded', slot: 3 }],
    ['why not', { id, state: 'failed', error: 'PIN_LENGTH' }, { id, state: 'failed', error: 'PIN_LENGTH' }],
    ['odd members', { id, state: 'failed', error: 'x\u0000', slot: -1 }, { id, state: 'failed' }],
    ['another state', { id, state: 'dancing' }, undefined],
    ['another id', { id: '1', state: 'failed' }, undefined],
    ['a text', 'set', undefined],
    ['nothing', null, undefined],
  ])('is read: %s', (_, pin, read) => {
    expect(readPinReport({ pin } as JsonObject)).toEqual(read);
  });

  it('is what its keypad takes, told in one report or in several', () => {
    const first = readKeypad(null, { features: ['pin', 7] });
    expect(first).toEqual({ takesPins: true, takesSchedules: false });
    const limits = { slots: 8, minLength: 6, maxLength: 'x' };
    const second = readKeypad(first, { pinLimits: limits } as JsonObject);
    expect(second).toEqual({ takesPins: true, takesSchedules: false, slots: 8, minLength: 6 });
    expect(readKeypad(second, { lockState: 'LOCKED' })).toBe(second);
    expect(readKeypad(second, { features: [] })).toEqual({ ...second, takesPins: false });
    expect(readKeypad(null, { lockState: 'LOCKED' })).toBeNull();
    expect(
      [null, second, { ...second, takesPins: true, minLength: 9 }].map((one) => lengthsOf(one as never)),
    ).toEqual([
      { min: 4, max: 8 },
      { min: 6, max: 8 },
      { min: 9, max: 9 },
    ]);
  });
});

describe('the life of a PIN code', () => {
  const pin = (facts: Partial<PinFacts>): PinFacts => ({
    state: 'pending',
    slot: null,
    isClosed: false,
    ...facts,
  });
  const set = (facts: Partial<PinCommandFacts> = {}): PinCommandFacts => ({
    ...{ kind: 'set-pin', status: 'sent', slot: null, attempts: 1 },
    ...facts,
  });
  const clear = (facts: Partial<PinCommandFacts> = {}) => set({ kind: 'clear-pin', slot: 3, ...facts });
  const done = (slot?: number): PinOutcome => ({ isDone: true, slot });
  const failed = (error = 'PIN_DUPLICATE'): PinOutcome => ({ isDone: false, error });
  const clearNow = (slot: number | null) => ({ clear: { slot, attempts: 0, delayMs: 0 } });

  it.each<[string, PinFacts, PinCommandFacts, PinOutcome, PinDecision | undefined]>([
    [
      'set',
      pin({}),
      set(),
      done(3),
      { status: 'done', pin: { state: 'set', slot: 3, error: null }, isSet: true },
    ],
    ['set twice', pin({ state: 'set', slot: 3 }), set({ status: 'done' }), done(3), undefined],
    [
      'refused',
      pin({}),
      set(),
      failed(),
      { status: 'failed', pin: { state: 'failed', error: 'PIN_DUPLICATE' } },
    ],
    ['refused twice', pin({ state: 'failed' }), set({ status: 'failed' }), failed(), undefined],
    [
      'not changed',
      pin({ slot: 3 }),
      set({ slot: 3 }),
      failed(),
      { status: 'failed', pin: { state: 'set', error: 'PIN_DUPLICATE' } },
    ],
    [
      'set late',
      pin({ state: 'failed' }),
      set({ status: 'failed' }),
      done(3),
      { status: 'done', pin: { state: 'set', slot: 3, error: null }, isSet: true },
    ],
    [
      'set late while it is tried again',
      pin({}),
      set({ status: 'failed' }),
      done(3),
      { status: 'done', pin: { slot: 3 } },
    ],
    [
      'set at two places',
      pin({ slot: 3 }),
      set(),
      done(4),
      { status: 'done', pin: { state: 'set', slot: 4, error: null }, isSet: true, stray: 3 },
    ],
    [
      'set while it was taken away',
      pin({ state: 'removing' }),
      set(),
      done(3),
      { status: 'done', pin: { state: 'removing', slot: 3, isClosed: false }, ...clearNow(3) },
    ],
    [
      'set after it was closed',
      pin({ state: 'removing', isClosed: true }),
      set({ status: 'failed' }),
      done(3),
      { status: 'done', pin: { state: 'removing', slot: 3, isClosed: false }, ...clearNow(3) },
    ],
    [
      'refused while it was taken away',
      pin({ state: 'removing' }),
      set(),
      failed(),
      { status: 'failed', pin: { isClosed: true } },
    ],
    [
      'not changed while it was taken away',
      pin({ state: 'removing', slot: 3 }),
      set(),
      failed(),
      { status: 'failed', pin: {}, ...clearNow(3) },
    ],
    [
      'cleared',
      pin({ state: 'removing', slot: 3 }),
      clear(),
      done(),
      { status: 'done', pin: { isClosed: true, slot: null, error: null } },
    ],
    [
      'not cleared',
      pin({ state: 'removing', slot: 3 }),
      clear({ attempts: 3 }),
      failed('LOCK_REFUSED'),
      { status: 'failed', pin: { error: 'LOCK_REFUSED' }, clear: { slot: 3, attempts: 3, delayMs: 20_000 } },
    ],
    [
      'not reached',
      pin({ state: 'removing', slot: 3 }),
      clear(),
      failed('LOCK_UNREACHABLE'),
      { status: 'failed', pin: { error: 'LOCK_UNREACHABLE' }, clear: { slot: 3, attempts: 1, delayMs: 0 } },
    ],
    ['given up after its end', pin({ isClosed: true }), clear(), failed(), { status: 'failed', pin: {} }],
  ])('%s', (_, facts, command, outcome, decision) => {
    expect(decidePinOutcome(facts, command, outcome)).toEqual(decision);
  });

  it('begins when its turn has come; removals wait for a lock that answers', () => {
    const [due, notYet] = [now, later];
    const queue = [
      { kind: 'clear-pin', dueAt: due },
      { kind: 'set-pin', dueAt: notYet },
      { kind: 'set-pin', dueAt: due },
    ] as const;
    expect([true, null, false].map((reachable) => nextInTurn(queue, reachable, now))).toEqual([0, 0, 2]);
    expect(nextInTurn([], true, now)).toBe(-1);
  });
});

describe('a PIN', () => {
  it.each([
    ...(['0000', '77777777'] as const).map((pin) => [pin, 'same'] as const),
    ...(['1234', '98765', '7890', '3210', '890123'] as const).map((pin) => [pin, 'run'] as const),
    ...(['1212', '123123', '1122', '7770', '45674567'] as const).map((pin) => [pin, 'repeat'] as const),
    ...(['1984', '2011', '241284', '841224', '24121984', '19841224'] as const).map(
      (pin) => [pin, 'date'] as const,
    ),
    ...(['4829', '0417', '493027', '48291736', '40917'] as const).map((pin) => [pin, undefined] as const),
  ])('%s is weak by %s', (pin, weakness) => {
    expect(pinWeakness(pin)).toBe(weakness);
  });
});
