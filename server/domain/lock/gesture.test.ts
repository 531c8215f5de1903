import { describe, expect, it } from 'vitest';
import { dropsPasskey, type GestureRule, gestureChangesAt, gestureFor, mayAskForPasskey } from './gesture';

const zone = 'Europe/Oslo';
const rule: GestureRule = {
  gesture: 'tap',
  nightGesture: 'hold-passkey',
  nightFromMinute: 22 * 60,
  nightUntilMinute: 6 * 60,
  remoteGesture: null,
};
/** Oslo is an hour ahead of UTC in January and two in July. */
const at = (text: string) => new Date(text);
const gestureAt = (given: GestureRule, when: Date, timezone: string) =>
  gestureFor(given, { at: when, zone: timezone, isAtHome: true }).gesture;

describe('the gesture that counts', () => {
  it('is the stricter one at night, by the clock of the home', () => {
    expect(gestureAt(rule, at('2026-01-10T20:59:59Z'), zone)).toBe('tap');
    expect(gestureAt(rule, at('2026-01-10T21:00:00Z'), zone)).toBe('hold-passkey');
    expect(gestureAt(rule, at('2026-01-11T04:59:59Z'), zone)).toBe('hold-passkey');
    expect(gestureAt(rule, at('2026-01-11T05:00:00Z'), zone)).toBe('tap');
    expect(gestureAt(rule, at('2026-07-10T20:00:00Z'), zone)).toBe('hold-passkey');
  });

  it('says when it becomes another one by the clock', () => {
    const changes = (given: GestureRule, when: string) =>
      gestureChangesAt(given, { at: at(when), zone })?.toISOString();
    expect(changes(rule, '2026-01-10T12:00:00Z')).toBe('2026-01-10T21:00:00.000Z');
    expect(changes(rule, '2026-01-10T21:00:00Z')).toBe('2026-01-11T05:00:00.000Z');
    expect(changes({ ...rule, nightGesture: null }, '2026-01-10T12:00:00Z')).toBeUndefined();
    expect(changes({ ...rule, gesture: 'hold-passkey' }, '2026-01-10T12:00:00Z')).toBeUndefined();
    expect(changes({ ...rule, nightFromMinute: 0, nightUntilMinute: 0 }, '2026-01-10T12:00:00Z')).toBe(
      undefined,
    );
  });

  it('never becomes weaker at night', () => {
    const strict: GestureRule = { ...rule, gesture: 'hold-passkey', nightGesture: 'tap' };
    expect(gestureAt(strict, at('2026-01-10T23:00:00Z'), zone)).toBe('hold-passkey');
  });

  it('is the one of the day where the night has none', () => {
    expect(gestureAt({ ...rule, nightGesture: null }, at('2026-01-10T23:00:00Z'), zone)).toBe('tap');
  });

  it('counts a night without hours, of equal hours or of an unknown zone as night', () => {
    const noon = at('2026-01-10T11:00:00Z');
    expect(gestureAt({ ...rule, nightFromMinute: null, nightUntilMinute: null }, noon, zone)).toBe(
      'hold-passkey',
    );
    expect(gestureAt({ ...rule, nightFromMinute: 300, nightUntilMinute: 300 }, noon, zone)).toBe(
      'hold-passkey',
    );
    expect(gestureAt(rule, noon, 'Nowhere/Land')).toBe('hold-passkey');
  });

  it('is in force for a night within one day too', () => {
    const siesta: GestureRule = {
      ...rule,
      nightGesture: 'hold',
      nightFromMinute: 780,
      nightUntilMinute: 900,
    };
    expect(gestureAt(siesta, at('2026-01-10T12:30:00Z'), zone)).toBe('hold');
    expect(gestureAt(siesta, at('2026-01-10T14:00:00Z'), zone)).toBe('tap');
  });
});

describe('the gesture of whoever is not at home', () => {
  const [day, night] = [at('2026-01-10T11:00:00Z'), at('2026-01-10T23:00:00Z')];
  const strict = 'hold-passkey';

  it.each<[string, Partial<GestureRule>, Date, boolean, ReturnType<typeof gestureFor>]>([
    ['counts away', { remoteGesture: 'hold' }, day, false, { gesture: 'hold', because: ['remote'] }],
    ['does not count at home', { remoteGesture: 'hold' }, day, true, { gesture: 'tap', because: [] }],
    [
      'gives way to a stricter night',
      { remoteGesture: 'hold' },
      night,
      false,
      { gesture: strict, because: ['night'] },
    ],
    [
      'is joined by a night that asks for as much',
      { remoteGesture: strict },
      night,
      false,
      { gesture: strict, because: ['night', 'remote'] },
    ],
    [
      'is stricter than the night',
      { nightGesture: 'hold', remoteGesture: strict },
      night,
      false,
      { gesture: strict, because: ['remote'] },
    ],
    [
      'never becomes weaker away',
      { gesture: strict, remoteGesture: 'hold' },
      day,
      false,
      { gesture: strict, because: [] },
    ],
  ])('%s', (_how, given, when, isAtHome, expected) => {
    expect(gestureFor({ ...rule, ...given }, { at: when, zone, isAtHome })).toEqual(expected);
  });
});

it('knows the doors that ask for a passkey at some hour', () => {
  expect(mayAskForPasskey(rule)).toBe(true);
  expect(mayAskForPasskey({ gesture: 'hold-passkey', nightGesture: null, remoteGesture: null })).toBe(true);
  expect(mayAskForPasskey({ gesture: 'tap', nightGesture: 'hold', remoteGesture: 'hold-passkey' })).toBe(
    true,
  );
  expect(mayAskForPasskey({ gesture: 'hold', nightGesture: 'hold', remoteGesture: 'hold' })).toBe(false);
});

describe('a rule that asks less often for a passkey', () => {
  const always: GestureRule = {
    gesture: 'hold-passkey',
    nightGesture: null,
    nightFromMinute: null,
    nightUntilMinute: null,
    remoteGesture: null,
  };
  const hold: GestureRule = { ...always, gesture: 'hold' };

  it.each<[string, GestureRule, GestureRule, boolean]>([
    ['by day no more', always, hold, true],
    ['at night alone', always, rule, true],
    ['at night no more', rule, { ...rule, nightGesture: 'hold' }, true],
    ['in a night that ends sooner', rule, { ...rule, nightUntilMinute: 5 * 60 }, true],
    ['in a night that begins later', rule, { ...rule, nightFromMinute: 23 * 60 }, true],
    ['in a night that moved', rule, { ...rule, nightFromMinute: 8 * 60, nightUntilMinute: 16 * 60 }, true],
    ['in a longer night', rule, { ...rule, nightFromMinute: 21 * 60 }, false],
    ['all day', rule, always, false],
    ['as before', rule, { ...rule, gesture: 'hold' }, false],
    ['from away no more', { ...hold, remoteGesture: 'hold-passkey' }, hold, true],
    ['at home no more', always, { ...hold, remoteGesture: 'hold-passkey' }, true],
    ['from away too', hold, { ...hold, remoteGesture: 'hold-passkey' }, false],
    ['at night instead of from away', { ...hold, remoteGesture: 'hold-passkey' }, rule, true],
    ['nor before', hold, { ...hold, gesture: 'tap' }, false],
  ])('%s', (_when, before, after, isLess) => {
    expect(dropsPasskey(before, after)).toBe(isLess);
  });
});
