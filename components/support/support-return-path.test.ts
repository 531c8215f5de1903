import { expect, it } from 'vitest';
import { supportReturnPath } from './support-return-path';

it.each([
  ['/support', '/support'],
  ['/support/staff', '/support/staff'],
  ['/support?q=kim', '/support?q=kim'],
  ['/supporters', '/support'],
  ['/dashboard', '/support'],
  ['//elsewhere.example/support', '/support'],
  ['https://elsewhere.example/support', '/support'],
  [undefined, '/support'],
])('%s leads to %s', (asked, path) => {
  expect(supportReturnPath(asked)).toBe(path);
});
