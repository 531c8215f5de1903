import { describe, expect, it } from 'vitest';
import type { DoorView } from '@/server/contracts/locks';
import { attentionOf } from './attention';
import { isAllLocked, judgeSweep } from './sweep';

const now = Date.parse('2026-05-01T12:00:00Z');
const door = (changes: Partial<DoorView> = {}): DoorView => ({
  lockId: 1,
  uuid: 'u',
  name: 'Front door',
  homeId: 1,
  homeName: 'Quay 7',
  bolt: 'locked',
  door: 'closed',
  reachable: true,
  gesture: 'hold',
  role: 'owner',
  canOpen: true,
  cursor: 'c',
  ...changes,
});
const kinds = (doors: DoorView[], homes: Parameters<typeof attentionOf>[1] = []) =>
  attentionOf(doors, homes, now).map(({ kind }) => kind);

describe('what needs attention', () => {
  it('leaves a door in order alone', () => {
    expect(kinds([door(), door({ bolt: 'unlocked' })])).toEqual([]);
  });

  it('puts the most urgent first and names each trouble of a door', () => {
    expect(
      kinds([
        door({ battery: { percent: 15, level: 'low' } }),
        door({ reachable: false, reachableSince: '2026-05-01T09:00:00.000Z' }),
        door({ bolt: 'jammed', battery: { percent: 3, level: 'critical' } }),
        door({ door: 'forced' }),
      ]),
    ).toEqual(['forced', 'jammed', 'batteryCritical', 'unreachable', 'batteryLow']);
  });

  it('does not repeat what a lock out of reach last said of its bolt', () => {
    expect(kinds([door({ bolt: 'jammed', reachable: false })])).toEqual(['unreachable']);
  });

  it('tells owners alone of invitations', () => {
    const home = { id: 1, name: 'Quay 7', invitations: { waiting: 1, expired: 2 }, lostHubs: [] };
    expect(kinds([], [{ ...home, role: 'owner' }])).toEqual(['invitationsExpired', 'invitationsWaiting']);
    expect(kinds([], [{ ...home, role: 'member' }])).toEqual([]);
  });
});

describe('hubs out of reach', () => {
  it('stand before the doors behind them, each with the way to its own page', () => {
    const lostHubs = [{ id: 'h', serial: 'LK1-0042', since: '2026-05-01T09:00:00.000Z' }];
    const home = { id: 1, name: 'Quay 7', timezone: 'Europe/Oslo', role: 'member' as const };
    const found = attentionOf(
      [door({ reachable: false })],
      [{ ...home, invitations: { waiting: 0, expired: 0 }, lostHubs }],
      now,
    );
    expect(found.map(({ kind }) => kind)).toEqual(['hubUnreachable', 'unreachable']);
    expect(found[0]).toMatchObject({
      itemName: 'LK1-0042',
      timezone: 'Europe/Oslo',
      since: '2026-05-01T09:00:00.000Z',
      href: '/dashboard/homes/1/hubs/h',
    });
  });
});

describe('the look at all doors', () => {
  it('calls the home locked only when every door is known to be', () => {
    const locked = { name: 'Front door', answer: door() };
    expect(isAllLocked(judgeSweep([locked], now))).toBe(true);
    for (const answer of [
      undefined,
      door({ reachable: false }),
      door({ bolt: 'unknown' }),
      door({ door: 'ajar' }),
      door({ door: 'jammed' }),
      door({ bolt: 'not-fully-locked' }),
    ]) {
      const sweep = judgeSweep([locked, { name: 'Shed', answer }], now);
      expect(isAllLocked(sweep)).toBe(false);
      expect(sweep.locked).toEqual(['Front door']);
    }
    expect(isAllLocked(judgeSweep([], now))).toBe(false);
  });

  it('tells a door that nobody can vouch for from one that is not locked', () => {
    expect(
      judgeSweep(
        [
          { name: 'Shed', answer: undefined },
          { name: 'Gate', answer: door({ reachable: false }) },
          { name: 'Cellar', answer: door({ door: 'jammed' }) },
          { name: 'Front door', answer: door({ bolt: 'unlocked' }) },
        ],
        now,
      ),
    ).toEqual({ locked: [], notLocked: ['Front door'], unverified: ['Shed', 'Gate', 'Cellar'] });
  });
});
