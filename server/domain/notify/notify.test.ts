import { describe, expect, it } from 'vitest';
import { happeningsIn } from './happenings';
import type { Choice } from './topics';
import { type Hearer, whoIsTold } from './who-is-told';

const nothing = () => ({});
const door = (position: number, more: object) => ({
  position,
  topic: 'door',
  payload: { lockId: 7, ...more },
});
const opening = (position: number, status: string, more: object = {}) => ({
  position,
  topic: 'opening',
  payload: { lockId: 7, id: 'o', status, who: { kind: 'user', id: '2', name: 'Mo' }, ...more },
});
const topicsIn = (...given: Parameters<typeof happeningsIn>) =>
  happeningsIn(...given).map(({ topic }) => topic);

describe('what a log holds that people may be told', () => {
  it('is what a door has come to, not what it still is', () => {
    const jammed = { bolt: 'jammed', door: 'forced', battery: { level: 'low' } };
    expect(topicsIn([door(5, jammed)], nothing)).toEqual(['jammed', 'forced', 'battery']);
    expect(topicsIn([door(6, jammed)], () => jammed)).toEqual([]);
    expect(topicsIn([door(6, { battery: { level: 'critical' } })], () => jammed)).toEqual(['battery']);
  });

  it('is an opening that a report confirmed, and no other', () => {
    expect(topicsIn([opening(1, 'sent'), opening(2, 'accepted'), opening(3, 'failed')], nothing)).toEqual([]);
    expect(topicsIn([opening(4, 'confirmed')], nothing)).toEqual(['opened']);
    expect(topicsIn([opening(4, 'expired', { lateReport: true })], nothing)).toEqual(['opened']);
    expect(topicsIn([opening(4, 'expired', { lateReport: false })], nothing)).toEqual([]);
  });

  it('joins a burst at one door', () => {
    const refused = (position: number) => ({
      position,
      topic: 'access',
      payload: {
        kind: 'refusal',
        refusal: { lockId: 7, id: `r${position}`, who: { kind: 'user', id: '9', name: 'X' } },
      },
    });
    expect(happeningsIn([1, 2, 3].map(refused), nothing)).toMatchObject([
      { topic: 'refused', lockId: 7, count: 3, cause: 'refused:r3' },
    ]);
  });

  it('takes no harm from lines of another shape', () => {
    const odd = ['door', 'opening', 'access', 'member', 'kv'].flatMap((topic, position) =>
      [null, 'x', {}, { lockId: 'x', kind: 'refusal' }].map((payload) => ({ position, topic, payload })),
    );
    expect(topicsIn(odd, nothing)).toEqual([]);
  });
});

describe('who is told', () => {
  const hearer = (userId: number, role: Hearer['role'], more: Partial<Hearer> = {}): Hearer => ({
    userId,
    role,
    lockIds: new Set(),
    choices: [],
    ...more,
  });
  const jam = { topic: 'jammed', lockId: 7, cause: 'c', count: 1 } as const;
  const open = {
    topic: 'opened',
    lockId: 7,
    cause: 'c',
    count: 1,
    actor: { kind: 'user', id: '2', name: 'Mo' },
  } as const;
  const choice = (topic: string, channels: string[], lockId = 0): Choice => ({ lockId, topic, channels });

  it('are members of a jam by default, and of openings who chose to be', () => {
    const people = [
      hearer(1, 'owner'),
      hearer(3, 'member', { choices: [choice('opened', ['mail', 'push'])] }),
    ];
    expect(whoIsTold(jam, people).map(({ userId }) => userId)).toEqual([1, 3]);
    expect(whoIsTold(open, people)).toEqual([{ userId: 3, channels: ['mail', 'push'] }]);
  });

  it('follow the choice of the door before the one of the home', () => {
    const choices = [choice('jammed', ['mail']), choice('jammed', [], 7)];
    expect(whoIsTold(jam, [hearer(1, 'owner', { choices })])).toEqual([]);
    expect(whoIsTold({ ...jam, lockId: 8 }, [hearer(1, 'owner', { choices })])).toEqual([
      { userId: 1, channels: ['mail'] },
    ]);
  });

  it('are never told what they did themselves', () => {
    expect(whoIsTold(open, [hearer(2, 'owner', { choices: [choice('opened', ['push'])] })])).toEqual([]);
  });

  it('never hear as guests of doors without a grant, nor of what others do, whatever they chose', () => {
    const choices = [choice('jammed', ['push']), choice('opened', ['push']), choice('refused', ['push'])];
    const guest = hearer(4, 'guest', { lockIds: new Set([7]), choices });
    expect(whoIsTold(jam, [guest])).toEqual([{ userId: 4, channels: ['push'] }]);
    expect(whoIsTold({ ...jam, lockId: 8 }, [guest])).toEqual([]);
    expect(whoIsTold(open, [guest])).toEqual([]);
    expect(whoIsTold({ ...open, topic: 'refused' }, [guest])).toEqual([]);
  });
});
