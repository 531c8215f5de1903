import { describe, expect, it } from 'vitest';
import { dropsPasskey, type GestureRule, gestureAt, mayAskForPasskey } from './gesture';

const zone = 'Europe/Oslo';
const rule: GestureRule = {
  gesture: 'tap',
  nightGesture: 'hold-passkey',
  nightFromMinute: 22 * 60,
  nightUntilMinute: 6 * 60,
};
/** Oslo is an hour ahead of UTC in January and two in July. */
const at = (text: string) => new Date(text);

describe('the gesture that counts', () => {
  it('is the stricter one at night, by the clock of the home', () => {
    expect(gestureAt(rule, at('2026-01-10T20:59:59Z'), zone)).toBe('tap');
    expect(gestureAt(rule, at('2026-01-10T21:00:00Z'), zone)).toBe('hold-passkey');
    expect(gestureAt(rule, at('2026-01-11T04:59:59Z'), zone)).toBe('hold-passkey');
    expect(gestureAt(rule, at('2026-01-11T05:00:00Z'), zone)).toBe('tap');
    expect(gestureAt(rule, at('2026-07-10T20:00:00Z'), zone)).toBe('hold-passkey');
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

it('knows the doors that ask for a passkey at some hour', () => {
  expect(mayAskForPasskey(rule)).toBe(true);
  expect(mayAskForPasskey({ gesture: 'hold-passkey', nightGesture: null })).toBe(true);
  expect(mayAskForPasskey({ gesture: 'hold', nightGesture: 'hold' })).toBe(false);
});

describe('a rule that asks less often for a passkey', () => {
  const always: GestureRule = {
    gesture: 'hold-passkey',
    nightGesture: null,
    nightFromMinute: null,
    nightUntilMinute: null,
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
    ['nor before', hold, { ...hold, gesture: 'tap' }, false],
  ])('%s', (_when, before, after, isLess) => {
    expect(dropsPasskey(before, after)).toBe(isLess);
  });
});
