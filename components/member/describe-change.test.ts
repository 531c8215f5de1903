import { describe, expect, it } from 'vitest';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { type Access, describeChange, isSameAccess, rebased } from './describe-change';

const wording = {
  text: textOf(en),
  zone: 'Europe/Oslo',
  nameOf: (lockId: number) => (lockId === 1 ? 'Front door' : 'Shed'),
  now: Date.parse('2026-02-01T12:00:00Z'),
};
const guest = (...grants: Access['grants']): Access => ({ role: 'guest', grants });
const told = (before: Access, after: Access) => describeChange(before, after, wording);

describe('a change of what somebody may open', () => {
  it('says nothing when nothing would change', () => {
    const before = guest({
      id: 'a',
      lockId: 1,
      window: { weekdays: ['sun', 'sat'], validUntil: '2026-03-01T00:00:00Z' },
    });
    const same = guest({
      id: 'a',
      lockId: 1,
      window: { weekdays: ['sat', 'sun'], validUntil: '2026-03-01T00:00:00.000Z' },
    });
    expect(told(before, same)).toEqual([]);
  });

  it('is the same in any order, and not with another right', () => {
    const [one, other] = [
      { id: 'a', lockId: 1, window: {} },
      { id: 'b', lockId: 2, window: {} },
    ];
    expect(isSameAccess(guest(one, other), guest(other, one))).toBe(true);
    expect(isSameAccess(guest(one), guest(other))).toBe(false);
    expect(isSameAccess(guest(one), { role: 'member', grants: [one] })).toBe(false);
  });

  it('kept on top of what others have done gives anew what they ended, and names what they added', () => {
    const wanted = guest({ id: 'a', lockId: 1, window: {} });
    const theirs = guest({ id: 'b', lockId: 2, window: {} });
    const kept = rebased(wanted, theirs);
    expect(kept).toEqual(guest({ lockId: 1, window: {} }));
    expect(told(theirs, kept)).toHaveLength(2);
    expect(rebased(wanted, wanted)).toEqual(wanted);
  });

  it('names the limit that goes with a change', () => {
    const before = guest({
      id: 'a',
      lockId: 1,
      window: { weekdays: ['sat', 'sun'], from: '08:00', until: '16:00' },
    });
    const after = guest({ id: 'a', lockId: 1, window: { from: '08:00', until: '18:00' } });
    expect(told(before, after)).toEqual([
      'Front door: every day 08:00–18:00, before Saturdays and Sundays 08:00–16:00.',
      'Front door: this also removes the limit “Saturdays and Sundays”.',
    ]);
  });

  it('tells an end that is taken away from one that is moved', () => {
    const before = guest({ id: 'a', lockId: 1, window: { validUntil: '2026-03-03T23:00:00Z' } });
    const moved = guest({ id: 'a', lockId: 1, window: { validUntil: '2026-03-04T23:00:00Z' } });
    expect(told(before, moved)).toHaveLength(1);
    expect(told(before, guest({ id: 'a', lockId: 1, window: {} }))).toEqual([
      'Front door: at any time, before until the end of 3 March.',
      'Front door: this also removes the limit “until the end of 3 March”.',
    ]);
  });

  it('tells doors that come and go', () => {
    const before = guest({ id: 'a', lockId: 1, window: {} });
    expect(told(before, guest({ lockId: 2, window: { weekdays: ['mon'] } }))).toEqual([
      'Front door: can no longer be opened (was at any time).',
      'Shed: can be opened Monday.',
    ]);
  });

  it('says what another role means', () => {
    expect(told(guest(), { role: 'member', grants: [] })).toEqual([
      'Role: Member, before Guest.',
      'Opens every door at any time. Times set for single doors no longer limit anything.',
    ]);
    expect(told({ role: 'owner', grants: [] }, guest())).toEqual([
      'Role: Guest, before Owner.',
      'Opens only the doors that are given here, and no others.',
      'No longer manages members, doors and settings.',
    ]);
  });
});
