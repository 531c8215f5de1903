import { describe, expect, it } from 'vitest';
import type { PrincipalKind } from '../principal';
import { type AccessFacts, decideAccess } from './decide-access';
import { pinWaitMs } from './pin-patience';
import { type GrantState, grantsStanding, type LinkState, linkStanding } from './standing';
import { always } from './window';

const at = new Date('2026-03-04T12:00:00Z');
const hour = (count: number) => new Date(at.getTime() + count * 3_600_000);
const until = (count: number) => ({ ...always, validUntil: hour(count) });
const from = (count: number) => ({ ...always, validFrom: hour(count) });
const withTimes = { withTimes: true };

describe('who may open, and why', () => {
  const told = (kind: PrincipalKind, facts: AccessFacts) => decideAccess(kind, facts).reason;
  const open = { state: 'open', id: 'g' } as const;

  it.each([
    ['user', { role: 'owner' }, 'owner', true],
    ['user', { role: 'owner', deactivated: true }, 'owner', true],
    ['user', { isLockOwner: true, deactivated: true }, 'explicit-owner', true],
    ['user', { isKeyHolder: true, deactivated: true }, 'key-holder', true],
    ['user', { role: 'member' }, 'member', true],
    ['user', { role: 'member', deactivated: true }, 'deactivated-home', false],
    ['user', { role: 'guest' }, 'guest-without-grant', false],
    ['user', { role: 'guest', standing: open }, 'grant', true],
    ['user', { role: 'guest', standing: open, deactivated: true }, 'deactivated-home', false],
    ['user', { role: 'guest', standing: { state: 'outside-window' } }, 'outside-window', false],
    ['user', { standing: open }, 'no-right', false],
    ['user', {}, 'no-right', false],
    ['user', { role: 'owner', isUnverified: true }, 'not-verified', false],
    ['user', { isUnverified: true }, 'no-right', false],
    ['guestLink', { standing: open }, 'link', true],
    ['guestLink', { standing: open, deactivated: true }, 'deactivated-home', false],
    ['guestLink', { standing: { state: 'revoked' }, deactivated: true }, 'revoked', false],
    ['guestLink', { standing: { state: 'used-up' } }, 'used-up', false],
    ['guestLink', {}, 'no-right', false],
    ['orgKey', {}, 'organisation-key', true],
    ['orgKey', { deactivated: true }, 'deactivated-home', false],
    ['service', {}, 'service', true],
    ['superKey', { deactivated: true }, 'super-key', true],
    ['anonymous', { role: 'owner' }, 'no-right', false],
    ['device', { role: 'owner', standing: open }, 'no-right', false],
    ['projectKey', { role: 'owner', standing: open }, 'no-right', false],
    ['staff', { role: 'owner', standing: open }, 'no-right', false],
    ['thing', { role: 'owner', standing: open }, 'no-right', false],
  ] as [PrincipalKind, AccessFacts, string, boolean][])('%s %j: %s', (kind, facts, reason, allowed) => {
    expect(told(kind, facts)).toBe(reason);
    expect(decideAccess(kind, facts).allowed).toBe(allowed);
  });

  it('names the grant, and when it ends or opens', () => {
    const guest = (grant: GrantState) =>
      decideAccess('user', { role: 'guest', standing: grantsStanding([grant], at, 'UTC', withTimes) });
    expect(guest({ id: 'a', ...until(2) })).toEqual({
      allowed: true,
      reason: 'grant',
      id: 'a',
      until: hour(2),
    });
    expect(guest({ id: 'b', ...from(5) })).toEqual({
      allowed: false,
      reason: 'not-yet-valid',
      id: 'b',
      next: hour(5),
    });
  });
});

describe('of several grants', () => {
  const best = (...grants: GrantState[]) => grantsStanding(grants, at, 'UTC', withTimes);

  it('an open one counts before all others, and of open ones the one that lasts', () => {
    expect(
      best({ id: 'late', ...from(1) }, { id: 'now', ...until(1) }, { id: 'over', ...until(-1) })?.id,
    ).toBe('now');
    expect(best({ id: 'short', ...until(1) }, { id: 'long', ...until(9) })?.id).toBe('long');
    expect(best({ id: 'ever', ...always }, { id: 'long', ...until(9) })?.id).toBe('ever');
    expect(best({ id: 'long', ...until(9) }, { id: 'ever', ...always })?.id).toBe('ever');
  });

  it('else the next to open is told', () => {
    expect(best({ id: 'b', ...from(7) }, { id: 'a', ...from(3) })).toMatchObject({ id: 'a', next: hour(3) });
    expect(best({ id: 'over', ...until(-1) }, { id: 'b', ...from(7) })?.state).toBe('not-yet-valid');
    expect(best()).toBeUndefined();
  });
});

describe('a guest link', () => {
  const link = (given: Partial<LinkState>): LinkState => ({
    id: 'l',
    ...always,
    revokedAt: null,
    maxUses: null,
    usedCount: 0,
    ...given,
  });
  const state = (given: Partial<LinkState>, options = {}) =>
    linkStanding(link(given), at, 'UTC', options).state;

  it('is revoked before it is anything else, and used up before it is shut', () => {
    expect(state({})).toBe('open');
    expect(state({ revokedAt: at, ...until(-1) })).toBe('revoked');
    expect(state({ maxUses: 1, usedCount: 1 })).toBe('used-up');
    expect(state({ maxUses: 1, usedCount: 1, ...until(-1) })).toBe('expired');
    expect(state({ maxUses: 2, usedCount: 1 })).toBe('open');
    expect(state({ ...from(1) })).toBe('not-yet-valid');
  });

  it('leaves its uses to the transaction that counts them when an opening asks', () => {
    expect(state({ maxUses: 1, usedCount: 1 }, { countUses: false })).toBe('open');
    expect(state({ maxUses: 1, usedCount: 1, revokedAt: at }, { countUses: false })).toBe('revoked');
  });
});

describe('the wait after wrong PINs', () => {
  it('begins with the fifth and grows to eight minutes', () => {
    expect([0, 4, 5, 6, 7, 8, 9, 10, 50].map((count) => pinWaitMs(count) / 1000)).toEqual([
      0, 0, 30, 60, 120, 240, 480, 480, 480,
    ]);
  });
});
