import { describe, expect, it } from 'vitest';
import { type JsonObject, parseJson } from '../json';
import { readLockReport } from './report';

const read = (members: unknown) => {
  const parsed = parseJson(JSON.stringify(members));
  if (!parsed.ok) throw new Error(parsed.problem);
  return readLockReport(parsed.value as JsonObject);
};
const named = (value: unknown) => read({ lockState: value }).bolt;
const numbered = (value: unknown) => read({ '1/257/0': value }).bolt;

describe('what a lock says of its bolt', () => {
  it.each([
    [0, 'NOT_FULLY_LOCKED', 'not-fully-locked'],
    [1, 'LOCKED', 'locked'],
    [2, 'UNLOCKED', 'unlocked'],
    [3, 'UNLATCHED', 'unlatched'],
  ])('attribute %i and our %s are %s', (attribute, name, bolt) => {
    expect(numbered(attribute)).toBe(bolt);
    expect(named(name)).toBe(bolt);
  });

  it('jammed and unknown have names of ours alone', () => {
    expect(named('JAMMED')).toBe('jammed');
    expect(named('UNKNOWN')).toBe('unknown');
  });

  it.each([4, -1, 1.5, '1', 'locked', '', true, {}, [], 'toString', '__proto__', 'constructor'])(
    '%j is spoken of and not understood: unknown, never an old "locked"',
    (value) => {
      expect(named(value)).toBe('unknown');
      expect(numbered(value)).toBe('unknown');
    },
  );

  it('nothing said is nothing changed', () => {
    expect(read({})).toEqual({});
    expect(read({ firmware: '1.0', '1/257/99': 1 })).toEqual({});
  });

  it('ours wins where both layouts are sent', () => {
    expect(read({ lockState: 'JAMMED', '1/257/0': 1 }).bolt).toBe('jammed');
    expect(read({ lockState: 'nonsense', '1/257/0': 1 }).bolt).toBe('locked');
  });
});

describe('what a lock says of the door', () => {
  it.each([
    [0, 'OPEN', 'open'],
    [1, 'CLOSED', 'closed'],
    [2, 'JAMMED', 'jammed'],
    [3, 'FORCED', 'forced'],
    [4, 'UNKNOWN', 'unknown'],
    [5, 'AJAR', 'ajar'],
  ])('attribute %i and our %s are %s', (attribute, name, door) => {
    expect(read({ '1/257/3': attribute })).toEqual({ door });
    expect(read({ doorState: name })).toEqual({ door });
  });

  it.each([6, -1, 'open', null, {}, 'toString'])('%j is left out', (value) => {
    expect(read({ doorState: value, '1/257/3': value })).toEqual({});
  });
});

describe('battery and reach', () => {
  it.each([
    [{ battery: { percent: 80, level: 'low' } }, { percent: 80, level: 'low' }],
    [{ battery: { percent: 0 } }, { percent: 0, level: 'ok' }],
    [{ battery: {} }, { percent: null, level: 'ok' }],
    [{ battery: { percent: '80', level: 'toString' } }, { percent: null, level: 'ok' }],
    [{ '1/47/12': 161 }, { percent: 80.5, level: 'ok' }],
    [{ '1/47/14': 2 }, { percent: null, level: 'critical' }],
    [
      { '1/47/12': 20, '1/47/14': 1 },
      { percent: 10, level: 'low' },
    ],
    [{ '1/47/14': 9 }, { percent: null, level: 'ok' }],
  ])('%j is %j', (members, battery) => {
    expect(read(members)).toEqual({ battery });
  });

  it.each([
    [{ reachable: true }, true],
    [{ reachable: false }, false],
    [{ available: false }, false],
    [{ reachable: true, available: false }, true],
    [{ reachable: 'yes' }, undefined],
    [{ battery: 5 }, undefined],
  ])('%j: reachable is %j', (members, reachable) => {
    expect(read(members)).toEqual(reachable === undefined ? {} : { reachable });
  });
});

describe('what a lock says of a command', () => {
  it.each(['accepted', 'succeeded', 'failed', 'expired'])('%s is read', (state) => {
    expect(read({ command: { id: 'a', state } })).toEqual({ command: { id: 'a', state } });
  });

  it('an error is kept, cut at 200 characters', () => {
    expect(read({ command: { id: 'a', state: 'failed', error: 'JAMMED' } }).command?.error).toBe('JAMMED');
    expect(
      read({ command: { id: 'a', state: 'failed', error: 'x'.repeat(900) } }).command?.error,
    ).toHaveLength(200);
    expect(read({ command: { id: 'a', state: 'failed', error: {} } }).command).toEqual({
      id: 'a',
      state: 'failed',
    });
  });

  it.each([
    { id: 'a' },
    { state: 'accepted' },
    { id: 1, state: 'accepted' },
    { id: 'a', state: 'done' },
    { id: 'a', state: 'constructor' },
    'accepted',
    null,
    [],
  ])('%j is left out', (command) => {
    expect(read({ command })).toEqual({});
  });
});
