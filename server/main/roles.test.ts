import { expect, it } from 'vitest';
import { applicationRole } from './roles';

it.each([
  ['postgres://app:x@db/latchkey', 'postgres://owner:y@db/latchkey', 'app'],
  ['postgres://one%40team:x@db/latchkey', 'postgres://owner:y@db/latchkey', 'one@team'],
  ['postgres://owner:x@db/latchkey', 'postgres://owner:y@db/latchkey', undefined],
  ['postgres://db/latchkey', 'postgres://owner:y@db/latchkey', undefined],
  [undefined, 'postgres://owner:y@db/latchkey', undefined],
])('%s beside %s: the application has %s', (url, ownerUrl, role) => {
  expect(applicationRole(url, ownerUrl)).toBe(role);
});
