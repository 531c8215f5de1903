import { expect, it } from 'vitest';
import { isStorable } from './storable';

const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

it.each([
  ['plain data', { a: [1, 'x', null, { b: true }] }, true],
  ['a pair of surrogates', { a: '\u{1f511}' }, true],
  ['a backslash before u0000', { a: '\\u0000' }, true],
  ['a member called __proto__', JSON.parse('{"__proto__":{"a":1}}'), true],
  ['a hundred levels', nested(100), true],
  ['NUL in a text', { a: ['\u0000'] }, false],
  ['NUL in a name', { '\u0000': 1 }, false],
  ['half a surrogate pair', { a: '\ud800' }, false],
  ['half a surrogate pair in a name', { '\udfff': 1 }, false],
  ['half a pair below __proto__', JSON.parse('{"__proto__":{"a":"\\ud800"}}'), false],
  ['a hundred and one levels', nested(101), false],
  ['ten thousand levels', nested(10_000), false],
])('judges %s', (_what, value, expected) => {
  expect(isStorable(value)).toBe(expected);
});
