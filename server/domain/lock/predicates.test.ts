import { expect, it, describe as suite } from 'vitest';
import type { BoltState, DoorReport, OpeningView } from '../../contracts/locks';
import { countDoors, describe, isFurther, isLocked, isOpen, isRunning, phaseOf } from './predicates';

const asked = Date.parse('2026-03-01T12:00:00.000Z');
const report = (bolt: BoltState, more: Partial<DoorReport> = {}): DoorReport => ({
  lockId: 1,
  bolt,
  door: 'closed',
  reachable: true,
  ...more,
});
const opening = (status: OpeningView['status'], more: Partial<OpeningView> = {}): OpeningView => ({
  id: 'a',
  lockId: 1,
  status,
  who: { kind: 'user', id: '1', name: 'Jo' },
  via: 'page',
  createdAt: new Date(asked).toISOString(),
  expiresAt: new Date(asked + 8_000).toISOString(),
  lateReport: false,
  ...more,
});

suite('what is said of a door', () => {
  it('calls a lock out of reach unreachable, and keeps its old state apart', () => {
    const door = report('locked', { reachable: false });
    expect(isLocked(door)).toBe(false);
    expect(describe(door, asked)).toEqual({
      condition: 'unreachable',
      tone: 'unknown',
      contact: 'unknown',
      lastKnownBolt: 'locked',
    });
  });

  it('calls a lock that was never heard of unknown', () => {
    const door = { ...report('locked'), reachable: undefined };
    expect(isLocked(door)).toBe(false);
    expect(describe(door, asked).condition).toBe('unknown');
  });

  it('says unlocking only while a lock has taken the command, and never for longer than ten seconds', () => {
    const locked = report('locked');
    expect(describe({ ...locked, opening: opening('sent') }, asked + 100).condition).toBe('locked');
    expect(describe({ ...locked, opening: opening('accepted') }, asked + 100).condition).toBe('unlocking');
    expect(describe({ ...locked, opening: opening('accepted') }, asked + 10_000).condition).toBe('locked');
    expect(describe({ ...report('unlocked'), opening: opening('accepted') }, asked + 100).condition).toBe(
      'unlocked',
    );
    expect(describe({ ...report('jammed'), opening: opening('accepted') }, asked + 100).condition).toBe(
      'jammed',
    );
  });

  it('never takes a sent command for an open door', () => {
    expect(isOpen(report('locked'))).toBe(false);
    expect(isOpen(report('unlatched'))).toBe(true);
    expect(isOpen(report('unlocked', { reachable: false }))).toBe(false);
  });

  it('draws attention to a door that is bolted but stands open', () => {
    expect(describe(report('locked', { door: 'ajar' }), asked)).toMatchObject({
      condition: 'locked',
      tone: 'notice',
    });
    expect(describe(report('locked', { door: 'forced' }), asked).tone).toBe('alarm');
  });

  it('counts as locked only what is known to be locked and shut', () => {
    const doors = [
      report('locked'),
      report('locked', { door: 'open' }),
      report('locked', { door: 'jammed' }),
      report('locked', { reachable: false }),
      report('unknown'),
      report('unlocked'),
      report('not-fully-locked'),
    ];
    expect(countDoors(doors, asked)).toEqual({ total: 7, locked: 1, notLocked: 3, unknown: 3 });
  });
});

suite('what is said of an opening', () => {
  it('stops waiting after ten seconds', () => {
    expect(phaseOf(opening('sent'), asked + 9_999)).toBe('sent');
    expect(phaseOf(opening('sent'), asked + 10_000)).toBe('unconfirmed');
    expect(phaseOf(opening('confirmed'), asked + 60_000)).toBe('confirmed');
  });

  it('does not call an opening failed of which nobody knows what the lock did', () => {
    for (const error of ['NOT_CONFIRMED', 'LOCK_RESTARTED'])
      expect(phaseOf(opening('failed', { error }), asked)).toBe('unconfirmed');
    expect(phaseOf(opening('failed', { error: 'JAMMED' }), asked)).toBe('failed');
    expect(phaseOf(opening('failed'), asked)).toBe('failed');
  });

  it('tells a late opening from an expired one', () => {
    expect(phaseOf(opening('expired'), asked)).toBe('expired');
    expect(phaseOf(opening('expired', { lateReport: true }), asked)).toBe('late');
  });

  it('knows which statuses still run', () => {
    expect(isRunning(opening('unresolved'))).toBe(true);
    expect(isRunning(opening('expired'))).toBe(false);
  });

  it('lets no older news overwrite newer news', () => {
    expect(isFurther(opening('accepted'), opening('confirmed'))).toBe(false);
    expect(isFurther(opening('confirmed'), opening('accepted'))).toBe(true);
    expect(isFurther(opening('expired', { lateReport: true }), opening('expired'))).toBe(true);
    expect(isFurther(opening('expired'), opening('expired', { lateReport: true }))).toBe(false);
  });
});
