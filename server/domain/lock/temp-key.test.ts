import { describe, expect, it } from 'vitest';
import {
  decideCreate,
  decideDelete,
  decideUpdate,
  decideUse,
  evolveTempKey,
  type TempKeyState,
  type TempKeyTerms,
} from './temp-key';

const at = new Date('2026-03-01T12:00:00.000Z');
const place = { lockId: 7, uuid: 'lock', tempKeyUuid: 'key', at };
const base = { lockId: 7, uuid: 'lock', timestamp: '2026-03-01T12:00:00.000Z', tempKeyUuid: 'key' };
const terms: TempKeyTerms = {
  accessMode: 'public',
  allowedUserIds: null,
  validFrom: at,
  validUntil: new Date('2026-03-02T12:00:00.000Z'),
  maxUses: null,
  description: null,
};
const none: TempKeyState = { known: false };
const known: TempKeyState = { known: true };

describe('a temporary key in the history of its lock', () => {
  it('given nothing, when it is made, then TempKeyCreated with its terms; a repeat records nothing', () => {
    const events = decideCreate(none, place, terms);
    expect(events).toEqual([
      {
        type: 'TempKeyCreated',
        data: {
          ...base,
          accessMode: 'public',
          validFrom: '2026-03-01T12:00:00.000Z',
          validUntil: '2026-03-02T12:00:00.000Z',
          maxUses: null,
        },
      },
    ]);
    expect(decideCreate(events.reduce(evolveTempKey, none), place, terms)).toEqual([]);
  });

  it('given a key, when terms change, then TempKeyUpdated holds those alone', () => {
    const after = { ...terms, maxUses: 3, validUntil: null };
    expect(decideUpdate(known, place, terms, after, false)).toEqual([
      { type: 'TempKeyUpdated', data: { ...base, maxUses: 3, validUntil: null } },
    ]);
    expect(decideUpdate(known, place, terms, terms, true)).toEqual([{ type: 'TempKeyUpdated', data: base }]);
    expect(decideUpdate(known, place, terms, terms, false)).toEqual([]);
    expect(decideUpdate(none, place, terms, after, false)).toEqual([]);
  });

  it('given a key, when it is used, then TempKeyUsed tells the uses so far', () => {
    expect(decideUse(known, place, { usedCount: 2 })).toEqual([
      { type: 'TempKeyUsed', data: { ...base, usedCount: 2 } },
    ]);
    expect(decideUse(known, place, { usedCount: 2, userId: '5' })[0]?.data).toMatchObject({ userId: '5' });
    expect(decideUse(none, place, { usedCount: 2 })).toEqual([]);
  });

  it('given a key, when it is deleted, then TempKeyDeleted, and nothing the second time', () => {
    const events = decideDelete(known, place);
    expect(events).toEqual([{ type: 'TempKeyDeleted', data: base }]);
    expect(decideDelete(events.reduce(evolveTempKey, known), place)).toEqual([]);
  });
});
