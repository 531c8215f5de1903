import { describe, expect, it } from 'vitest';
import type { AccessLine } from '@/server/contracts/access';
import { countOpeners, groupLines, whoDiffers } from './group-lines';

const line = (part: Partial<AccessLine>): AccessLine => ({
  kind: 'member',
  id: '1',
  name: 'Kim',
  allowed: true,
  reason: 'owner',
  ...part,
});
const guest = line({ id: '2', name: 'Jo', role: 'guest', allowed: false, reason: 'outside-window' });
const grant = line({
  kind: 'grant',
  id: 'g',
  name: 'Jo',
  userId: 2,
  allowed: false,
  reason: 'outside-window',
});
const link = line({ kind: 'link', id: 'l', name: 'guest link Cleaner', reason: 'link' });

describe('who can open', () => {
  it('is one entry a person, with the rights that this person has', () => {
    const { people, links } = groupLines([line({}), guest, grant, link]);
    expect(people.map(({ name, allowed, lines }) => [name, allowed, lines.length])).toEqual([
      ['Kim', true, 1],
      ['Jo', false, 2],
    ]);
    expect(links.map(({ id }) => id)).toEqual(['l']);
  });

  it('counts a person once, however many rights open', () => {
    const key = line({ kind: 'key-holder', reason: 'key-holder' });
    expect(countOpeners([line({}), key, link, guest])).toBe(2);
  });

  it('names those who can then and cannot now, and the other way round', () => {
    const then = [line({}), { ...guest, allowed: true }, { ...link, allowed: false }];
    expect(whoDiffers([line({}), guest, link], then)).toEqual({
      more: ['Jo'],
      fewer: ['guest link Cleaner'],
      keys: new Set(['person 2', 'link l']),
    });
  });

  it('tells two links without a label apart', () => {
    const [one, other] = [
      { ...link, id: 'l1', name: 'guest link' },
      { ...link, id: 'l2', name: 'guest link' },
    ];
    const { keys } = whoDiffers([one, other], [one, { ...other, allowed: false }]);
    expect([...keys]).toEqual(['link l2']);
  });
});
