import { describe, expect, it } from 'vitest';
import type { TimelineLine } from '@/server/contracts/console';
import { mergeLines, newsAfter } from './timeline-lines';

const line = (id: string, second: number, state?: string): TimelineLine => ({
  id,
  cursor: `cursor of ${id}`,
  at: `2026-11-24T12:00:${String(second).padStart(2, '0')}.000Z`,
  kind: 'event',
  action: 'tick',
  ...(state === undefined ? {} : { state }),
  facts: {},
});

describe('lines of a timeline', () => {
  it('are kept once, newest first, as they were loaded last', () => {
    const merged = mergeLines(
      [line('b', 2, 'sent'), line('a', 1)],
      [line('d', 2), line('c', 3), line('b', 2, 'confirmed')],
    );
    expect(merged.map(({ id, state }) => `${id} ${state ?? ''}`)).toEqual(['c ', 'd ', 'b confirmed', 'a ']);
  });

  it('are asked for anew as far back as they may change', () => {
    expect(newsAfter([])).toBeUndefined();
    expect(newsAfter([line('b', 20), line('a', 10)])).toBeUndefined();
    expect(newsAfter([line('c', 30), line('b', 20), line('a', 15), line('z', 1)])).toBe('cursor of a');
  });
});
