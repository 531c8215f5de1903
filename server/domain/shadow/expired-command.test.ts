import { expect, it } from 'vitest';
import type { JsonObject } from '../json';
import { bringsExpiredCommand } from './expired-command';

const now = new Date(1_000_000);
const command = { id: 'a', type: 'unlock', issuedAt: 992_000, expiresAt: 1_000_000 };

it.each<[string, JsonObject | null | undefined, boolean]>([
  ['a command at its expiry', { command }, true],
  ['a PIN command past it', { pin: { ...command, type: 'set_pin' } }, true],
  ['a command that lives', { command: { ...command, expiresAt: 1_000_001 } }, false],
  ['one without an expiry', { command: { id: 'a', type: 'unlock', issuedAt: 1 } }, false],
  ["somebody else's member of that name", { command: { expiresAt: 5 } }, false],
  ['a withdrawal', { command: null }, false],
  ['another member', { brightness: 5 }, false],
  ['an emptied section', null, false],
  ['no desired state', undefined, false],
])('%s is judged by its time', (_name, desired, isExpired) => {
  const state = desired === undefined ? {} : { desired };
  expect(bringsExpiredCommand({ state }, now)).toBe(isExpired);
});
