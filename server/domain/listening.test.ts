import { expect, it } from 'vitest';
import { hears, type ListeningRight } from './listening';

const guest: ListeningRight = { kind: 'guest', userId: 7, lockIds: new Set([1]) };
const opening = (lockId: number, id: string, kind = 'user') => ({
  topic: 'opening' as const,
  payload: { lockId, who: { kind, id } },
});

it('whoever may read a home hears all of it', () => {
  for (const topic of ['door', 'opening', 'access', 'hub', 'event', 'member'] as const)
    expect(hears({ kind: 'all' }, { topic, payload: { lockId: 2 } })).toBe(true);
});

it('a guest hears of the doors of a grant, and of no other', () => {
  expect(hears(guest, { topic: 'door', payload: { lockId: 1 } })).toBe(true);
  for (const payload of [{ lockId: 2 }, {}, null, { lockId: '1' }])
    expect(hears(guest, { topic: 'door', payload })).toBe(false);
});

it('a guest hears of its own openings there, and of nobody else’s', () => {
  expect(hears(guest, opening(1, '7'))).toBe(true);
  for (const line of [opening(1, '8'), opening(2, '7'), opening(1, '7', 'guestLink')])
    expect(hears(guest, line)).toBe(false);
});

it('a guest hears nothing of rights and hubs, and what everybody in the home may know', () => {
  for (const topic of ['access', 'hub', 'commissioning'] as const)
    expect(hears(guest, { topic, payload: {} })).toBe(false);
  for (const topic of ['event', 'presence', 'kv', 'member', 'home'] as const)
    expect(hears(guest, { topic, payload: {} })).toBe(true);
});
