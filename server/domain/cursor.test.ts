import { expect, it } from 'vitest';
import { readCursor, toCursor } from './cursor';

it.each([
  [1, 0],
  [42, 7],
  [900_000_000_000_001, 999_999_999_999_999],
])('the place %i:%i comes back as it was', (homeId, position) => {
  const cursor = toCursor(homeId, position);
  expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(readCursor(cursor)).toEqual({ homeId, position });
});

it.each([
  '',
  'x',
  '1:2',
  Buffer.from('1:').toString('base64url'),
  Buffer.from('1:-2').toString('base64url'),
  Buffer.from('1:2:3').toString('base64url'),
  Buffer.from('1:9999999999999999').toString('base64url'),
  Buffer.from(' 1:2').toString('base64url'),
])('%j is no cursor', (cursor) => {
  expect(readCursor(cursor)).toBeUndefined();
});
