import { describe, expect, it } from 'vitest';
import type { DoorView, OpeningView } from '@/server/contracts/locks';
import { newerOpening, withLoaded, withReport } from './merge';

const time = (second: number) => `2026-03-01T12:00:${String(second).padStart(2, '0')}.000Z`;
const opening = (id: string, second: number, status: OpeningView['status'] = 'sent'): OpeningView => ({
  id,
  lockId: 1,
  status,
  who: { kind: 'user', id: '1', name: 'Jo' },
  via: 'page',
  createdAt: time(second),
  expiresAt: time(second + 8),
  lateReport: false,
});
const door = (more: Partial<DoorView> = {}): DoorView => ({
  lockId: 1,
  uuid: 'u',
  name: 'Front door',
  homeId: 1,
  homeName: 'Home',
  bolt: 'locked',
  door: 'closed',
  reachable: true,
  reportedAt: time(10),
  gesture: 'hold',
  role: 'owner',
  canOpen: true,
  cursor: 'c',
  ...more,
});

describe('news of a door', () => {
  it('replaces the report as a whole', () => {
    const before = door({ battery: { percent: 9, level: 'low' } });
    const after = withReport(before, {
      lockId: 1,
      bolt: 'unlocked',
      door: 'open',
      reachable: true,
      reportedAt: time(11),
    });
    expect(after).toMatchObject({ bolt: 'unlocked', door: 'open', name: 'Front door' });
    expect(after.battery).toBeUndefined();
  });

  it('ignores a report older than the one shown', () => {
    const before = door();
    expect(withReport(before, { lockId: 1, bolt: 'unlocked', door: 'open', reportedAt: time(9) })).toBe(
      before,
    );
  });

  it('counts a change of reach as news even when the lock said nothing new', () => {
    const gone = withReport(door(), {
      lockId: 1,
      bolt: 'locked',
      door: 'closed',
      reachable: false,
      reachableSince: time(20),
      reportedAt: time(10),
    });
    expect(gone.reachable).toBe(false);
  });

  it('keeps live news that overtook a slow answer', () => {
    const live = door({ bolt: 'unlocked', reportedAt: time(12), opening: opening('a', 11, 'confirmed') });
    const slow = door({ reportedAt: time(10), opening: opening('a', 11, 'sent'), name: 'Renamed' });
    expect(withLoaded(live, slow)).toMatchObject({
      bolt: 'unlocked',
      name: 'Renamed',
      opening: { status: 'confirmed' },
    });
  });
});

describe('news of an opening', () => {
  it('never goes back', () => {
    expect(newerOpening(opening('a', 1, 'confirmed'), opening('a', 1, 'accepted')).status).toBe('confirmed');
    expect(newerOpening(opening('a', 1, 'sent'), opening('b', 2)).id).toBe('b');
    expect(newerOpening(opening('b', 2), opening('a', 1, 'confirmed')).id).toBe('b');
  });
});
