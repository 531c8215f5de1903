import { describe, expect, it } from 'vitest';
import { isDeeperThan, isJsonObject, isSameJson, type Json, parseJson } from './json';

const json = (text: string): Json => {
  const parsed = parseJson(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
};

describe('parsing', () => {
  it.each(['', '{', 'x', "{'a':1}", '[1,]', 'NaN', 'Infinity', '01', '"\u0001"', '{} {}'])(
    '%j is no JSON',
    (text) => {
      expect(parseJson(text)).toEqual({ ok: false, problem: 'syntax' });
    },
  );

  it.each([
    '1e400',
    '-1e400',
    '9007199254740992',
    '-9007199254740992',
    '{"a":[{"b":9007199254740993}]}',
    '123456789012345678901234567890',
    '1e-400',
    '{"a":-2.5E-999}',
    `0.${'0'.repeat(400)}1`,
  ])('%s would silently be another number', (text) => {
    expect(parseJson(text)).toMatchObject({ ok: false, problem: 'number' });
  });

  it.each([
    ['9007199254740991', 9007199254740991],
    ['-9007199254740991', -9007199254740991],
    ['1.0', 1],
    ['-0', -0],
    ['1e3', 1000],
    ['0.1', 0.1],
  ])('%s is %d', (text, value) => {
    expect(parseJson(text)).toEqual({ ok: true, value });
  });

  it('reads ten thousand levels without a stack', () => {
    expect(isDeeperThan(json(`${'['.repeat(10_000)}${']'.repeat(10_000)}`), 9_999)).toBe(true);
    const objects = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect(isDeeperThan(json(objects), 10_000)).toBe(false);
  });

  it('keeps __proto__ as a member and gives objects no prototype', () => {
    const value = json('{"__proto__":{"a":1},"b":{}}');
    if (!isJsonObject(value)) throw new Error('no object');
    expect(Object.keys(value)).toEqual(['__proto__', 'b']);
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.getPrototypeOf(value.b)).toBeNull();
    expect(JSON.stringify(value)).toBe('{"__proto__":{"a":1},"b":{}}');
  });
});

describe('depth', () => {
  it.each([
    ['1', 0, false],
    ['{}', 1, false],
    ['{}', 0, true],
    ['{"a":1}', 1, false],
    ['{"a":{}}', 1, true],
    ['[[]]', 2, false],
    ['[[[]]]', 2, true],
    ['{"a":1,"b":[{"c":[]}]}', 3, true],
  ])('%s is deeper than %i: %s', (text, most, expected) => {
    expect(isDeeperThan(json(text), most)).toBe(expected);
  });
});

describe('equality', () => {
  it.each([
    ['{"a":1,"b":2}', '{"b":2,"a":1}', true],
    ['1', '1.0', true],
    ['[1,2]', '[1,2]', true],
    ['[1,2]', '[2,1]', false],
    ['[1]', '[1,1]', false],
    ['{"a":1}', '{"a":1,"b":1}', false],
    ['{"a":1}', '{"b":1}', false],
    ['{}', '[]', false],
    ['null', '{}', false],
    ['null', 'null', true],
    ['0', 'false', false],
    ['"1"', '1', false],
    ['{"toString":1}', '{"x":1}', false],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}', false],
  ])('%s and %s: %s', (one, other, expected) => {
    expect(isSameJson(json(one), json(other))).toBe(expected);
    expect(isSameJson(json(other), json(one))).toBe(expected);
  });

  it('absent equals absent alone', () => {
    expect(isSameJson(undefined, undefined)).toBe(true);
    expect(isSameJson(undefined, null)).toBe(false);
  });
});
