import { expect, it } from 'vitest';
import { readCookie, sessionCookie } from './cookies';

it('the session cookie is bound to the host wherever a browser can promise that', () => {
  expect(sessionCookie(true)).toBe('__Host-latchkey.session');
  expect(sessionCookie(false)).toBe('latchkey.session');
});

it.each([
  ['s=1', '1'],
  ['a=0; s=1; b=2', '1'],
  ['a=0;s=1;b=2', '1'],
  ['  s = 1 ', '1'],
  ['s=v1.dXN8==.1', 'v1.dXN8==.1'],
  ['s=a%3Db%20c', 'a=b c'],
  ['s=', ''],
  ['s=1; s=2', '1'],
  ['xs=1; sx=2; S=3', undefined],
  ['s', undefined],
  ['s=%zz', undefined],
  ['', undefined],
])('%j holds %j', (header, expected) => {
  expect(readCookie(header, 's')).toBe(expected);
});

it('no header holds no cookie', () => {
  expect(readCookie(undefined, 's')).toBeUndefined();
});
