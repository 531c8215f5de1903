import { describe, expect, it } from 'vitest';
import { isStanding } from './staff-session';

const now = new Date('2026-03-01T12:00:00.000Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const session = { provedAt: null, lastSeenAt: now, expiresAt: minutes(60), revokedAt: null };

describe('a staff session', () => {
  it.each([
    ['just used', {}, true],
    ['used 29 minutes ago', { lastSeenAt: minutes(-29) }, true],
    ['not used for 30 minutes', { lastSeenAt: minutes(-30) }, false],
    ['at its end', { expiresAt: now }, false],
    ['ended', { revokedAt: minutes(-1) }, false],
  ])('%s: %o stands: %s', (_what, change, stands) => {
    expect(isStanding({ ...session, ...change }, now)).toBe(stands);
  });
});
