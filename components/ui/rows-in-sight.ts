/** Rows of a long list that are to be drawn, and how much blank stands for those before and after, pixels. */
export interface RowsInSight {
  first: number;
  /** One past the last. */
  end: number;
  before: number;
  after: number;
}

/** The rows that touch a stretch of the list, measured from its top; at least one where there are any. */
export function rowsInSight(heights: readonly number[], from: number, to: number): RowsInSight {
  let [first, before] = [0, 0];
  while (first < heights.length - 1 && before + (heights[first] ?? 0) <= from) {
    before += heights[first] ?? 0;
    first += 1;
  }
  let [end, bottom] = [first, before];
  while (end < heights.length && (end === first || bottom < to)) {
    bottom += heights[end] ?? 0;
    end += 1;
  }
  return { first, end, before, after: heights.slice(end).reduce((sum, height) => sum + height, 0) };
}
