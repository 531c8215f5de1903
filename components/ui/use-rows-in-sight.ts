'use client';

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type RowsInSight, rowsInSight } from './rows-in-sight';

/** Drawn beyond each edge of the window, so that the next row is there before the keyboard or a thumb gets to it. */
const beyondPixels = 480;
/** What the server takes for a window. */
const firstPixels = 1_000;

/**
 * Which rows of a long list in the page's own flow are drawn. `list` is the element whose children are these rows and
 * nothing else, with `before` and `after` as its padding; `keys` names the rows, whose heights are measured as they are
 * drawn and taken for the average until then.
 */
export function useRowsInSight(
  list: RefObject<HTMLElement | null>,
  keys: readonly string[],
  usualPixels: number,
): RowsInSight {
  const measured = useRef(new Map<string, number>());
  const [stretch, setStretch] = useState({ from: 0, to: firstPixels });
  const [usual, setUsual] = useState(usualPixels);
  const rows = rowsInSight(
    keys.map((key) => measured.current.get(key) ?? usual),
    stretch.from - beyondPixels,
    stretch.to + beyondPixels,
  );

  useLayoutEffect(() => {
    const look = () => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      setStretch((known) =>
        Math.abs(known.from + top) < beyondPixels / 4 && known.to - known.from === window.innerHeight
          ? known
          : { from: -top, to: window.innerHeight - top },
      );
    };
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
    };
  }, [list]);

  useLayoutEffect(() => {
    const drawn = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect().height);
    if (drawn.length !== rows.end - rows.first || drawn.length === 0) return;
    drawn.forEach((height, place) => {
      const key = keys[rows.first + place];
      if (key !== undefined) measured.current.set(key, height);
    });
    const mean = Math.round(drawn.reduce((sum, height) => sum + height, 0) / drawn.length);
    // A pixel is worth no second drawing.
    setUsual((known) => (Math.abs(known - mean) > 1 ? mean : known));
  }, [list, keys, rows.first, rows.end]);
  return rows;
}
