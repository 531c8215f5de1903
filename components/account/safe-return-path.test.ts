import { expect, it } from 'vitest';
import { safeReturnPath } from './safe-return-path';

it('keeps a path on this origin', () => {
  expect(safeReturnPath('/dashboard/locks/7?from=mail#activity')).toBe(
    '/dashboard/locks/7?from=mail#activity',
  );
});

it.each([
  undefined,
  ['/a', '/b'],
  '',
  'dashboard',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
])('leads nowhere else: %j', (callbackUrl) => {
  expect(safeReturnPath(callbackUrl)).toBe('/dashboard');
});
