/** Times of one thing done many times, milliseconds. */
export interface Summary {
  count: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Value below or at which `share` (0 to 1) of the sorted samples lie, by nearest rank. */
export function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** NaN everywhere when there are no samples. */
export function summarise(samples: Iterable<number>): Summary {
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number) => percentile(sorted as unknown as readonly number[], share);
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** What one line of the report states. */
export interface Figure {
  group: string;
  name: string;
  /** Times, where single ones were taken. */
  times?: Summary;
  /** Done in a second, where the rate is the point. */
  perSecond?: number;
  /** This figure over that of its floor or of the bare server. */
  ratio?: number;
  /** What it is held against, in words. */
  bar?: string;
  isMet?: boolean;
  /** Attempts that did not end as they should; any is a fault of the run. */
  failures?: number;
}

const number = (value: number | undefined, digits: number): string =>
  value === undefined || !Number.isFinite(value) ? '' : value.toFixed(digits);

/** Significant enough for times from microseconds to seconds. */
const milliseconds = (value: number | undefined): string =>
  number(value, value === undefined || value >= 100 ? 0 : value >= 10 ? 1 : 2);

const columns: { head: string; cell: (figure: Figure) => string; isText?: true }[] = [
  { head: '', cell: (figure) => figure.name, isText: true },
  { head: 'count', cell: (figure) => number(figure.times?.count, 0) },
  { head: 'p50 ms', cell: (figure) => milliseconds(figure.times?.p50) },
  { head: 'p95 ms', cell: (figure) => milliseconds(figure.times?.p95) },
  { head: 'p99 ms', cell: (figure) => milliseconds(figure.times?.p99) },
  { head: 'per s', cell: (figure) => number(figure.perSecond, 0) },
  { head: 'ratio', cell: (figure) => number(figure.ratio, 2) },
  { head: 'failed', cell: (figure) => (figure.failures ? String(figure.failures) : '') },
  {
    head: 'bar',
    isText: true,
    cell: ({ bar, isMet }) => (bar === undefined ? '' : `${bar}  ${isMet === true ? 'met' : 'MISSED'}`),
  },
];

/** Text table with aligned columns, one block a group. */
export function formatTable(figures: readonly Figure[]): string {
  const widths = columns.map(({ head, cell }) =>
    Math.max(head.length, ...figures.map((figure) => cell(figure).length)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, index) =>
        columns[index]?.isText ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const lines: string[] = [];
  let group = '';
  for (const figure of figures) {
    if (figure.group !== group) {
      group = figure.group;
      if (lines.length > 0) lines.push('');
      lines.push(group, line(columns.map(({ head }) => head)));
    }
    lines.push(line(columns.map(({ cell }) => cell(figure))));
  }
  return lines.join('\n');
}
