import { describe, expect, it } from 'vitest';
import type { ActivityEntry } from '@/server/contracts/activity';
import { withNewestEntries, withOlderEntries } from './entries';
import { filterText, readFilter } from './filter';

const line = (id: string): ActivityEntry => ({
  kind: 'refusal',
  id,
  lockId: 1,
  lockName: 'Front',
  who: { kind: 'user', id: '1', name: 'Kim' },
  via: 'page',
  cause: 'no-right',
  createdAt: '2026-11-24T12:00:00.000Z',
});
const list = (ids: string, next: string | null) => ({ items: [...ids].map(line), next });
const idsOf = ({ items }: { items: readonly ActivityEntry[] }) => items.map(({ id }) => id).join('');

describe('lines of the activity', () => {
  it('grow at their end, each line once', () => {
    const grown = withOlderEntries(list('dc', 'c'), list('cba', null));
    expect([idsOf(grown), grown.next]).toEqual(['dcba', null]);
  });

  it('keep what was loaded when news joins on to it', () => {
    const grown = withNewestEntries(list('dcba', 'a'), list('edc', 'c'));
    expect([idsOf(grown), grown.next]).toEqual(['edcba', 'a']);
  });

  it('drop what would leave a gap', () => {
    const grown = withNewestEntries(list('cba', 'a'), list('hgf', 'f'));
    expect([idsOf(grown), grown.next]).toEqual(['hgf', 'f']);
  });
});

describe('the filter of an address', () => {
  it('is read and written alike', () => {
    const text = 'who=user%3A7&outcome=refused&from=2026-11-01';
    expect(filterText(readFilter(Object.fromEntries(new URLSearchParams(text))))).toBe(text);
  });

  it('leaves out what makes no sense', () => {
    const given = {
      who: 'x',
      outcome: 'all',
      via: 'foot',
      lockId: '-1',
      from: '2026-02-30',
      until: ['a', 'b'],
    };
    expect(readFilter(given)).toEqual({});
  });
});
