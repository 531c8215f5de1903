import { describe, expect, it } from 'vitest';
import type { OpeningView } from '@/server/contracts/locks';
import { withHeard, withNewest, withOlder } from './openings';

const opening = (id: string, second: number, status: OpeningView['status'] = 'sent'): OpeningView => ({
  id,
  lockId: 1,
  status,
  who: { kind: 'user', id: '1', name: 'Jo' },
  via: 'page',
  createdAt: new Date(Date.UTC(2026, 2, 1, 12, 0, second)).toISOString(),
  expiresAt: new Date(Date.UTC(2026, 2, 1, 12, 0, second + 8)).toISOString(),
  lateReport: false,
});
const ids = ({ items }: { items: OpeningView[] }) => items.map(({ id }) => id).join('');

describe('the openings of a door', () => {
  const list = { items: [opening('c', 30), opening('a', 10)], next: 'older' };

  it('take news in at their place', () => {
    expect(ids(withHeard(list, opening('d', 40)))).toBe('dca');
    expect(ids(withHeard(list, opening('b', 20)))).toBe('cba');
    expect(withHeard(list, opening('a', 10, 'confirmed')).items[1]?.status).toBe('confirmed');
  });

  it('leave news from beyond the loaded part to the page that will bring it', () => {
    expect(ids(withHeard(list, opening('z', 1)))).toBe('ca');
    expect(ids(withHeard({ ...list, next: null }, opening('z', 1)))).toBe('caz');
  });

  it('grow at the end without repeating anything', () => {
    const grown = withOlder(list, { items: [opening('a', 10), opening('z', 1)], next: null });
    expect(ids(grown)).toBe('caz');
    expect(grown.next).toBeNull();
  });

  it('keep what was loaded when the newest page joins on to it, and its further news', () => {
    const known = {
      items: [opening('c', 30, 'confirmed'), opening('a', 10), opening('z', 1)],
      next: 'oldest',
    };
    const loaded = withNewest(known, { items: [opening('d', 40), opening('c', 30)], next: 'older' });
    expect(ids(loaded)).toBe('dcaz');
    expect(loaded.items[1]?.status).toBe('confirmed');
    expect(loaded.next).toBe('oldest');
  });

  it('keep what was heard while an answer was on its way', () => {
    const known = { items: [opening('e', 50), opening('d', 40), opening('c', 30)], next: null };
    expect(ids(withNewest(known, { items: [opening('d', 40), opening('c', 30)], next: null }))).toBe('edc');
  });

  it('start over when too much was missed', () => {
    const loaded = withNewest(list, { items: [opening('y', 90), opening('x', 80)], next: 'after x' });
    expect(ids(loaded)).toBe('yx');
    expect(loaded.next).toBe('after x');
  });
});
