import { isExactNumber } from '../device/raw-events';

/** A number that a device told. */
export interface Sample {
  id: string;
  /** Epoch milliseconds. */
  at: number;
  /** Undefined: JavaScript would round it, so it is told as text and never drawn. */
  value: number | undefined;
  /** As the device wrote it. */
  text: string;
}

export interface Point {
  at: number;
  value: number;
}

export function sampleOf(id: string, timestamp: string, text: string): Sample {
  const value = Number(text);
  return { id, at: Date.parse(timestamp), value: isExactNumber(value) ? value : undefined, text };
}

/** So many times the usual distance without a word counts as a gap; a slow device is given this part of the range. */
const usualDistances = 6;
const partOfRange = 48;

/** How long nothing may come before the line is broken, milliseconds. */
export function gapMsOf(samples: readonly Sample[], rangeMs: number): number {
  const distances = samples
    .slice(1)
    .map(({ at }, index) => at - (samples[index]?.at ?? at))
    .sort((one, other) => one - other);
  const usual = distances[Math.floor(distances.length / 2)] ?? 0;
  return Math.max(usual * usualDistances, rangeMs / partOfRange);
}

/** Lines to be drawn: broken where nothing came for longer than `gapMs`, and where a number cannot be drawn. */
export function linesOf(samples: readonly Sample[], gapMs: number): Point[][] {
  const lines: Point[][] = [];
  let line: Point[] | undefined;
  for (const { at, value } of samples) {
    const last = line?.at(-1);
    if (value === undefined) {
      line = undefined;
      continue;
    }
    if (line === undefined || last === undefined || at - last.at > gapMs) {
      line = [];
      lines.push(line);
    }
    line.push({ at, value });
  }
  return lines;
}

/** A line with at most four points a column of pixels: first, lowest, highest and last, so that no extreme is lost. */
export function thinned(line: readonly Point[], from: number, to: number, columns: number): Point[] {
  if (line.length <= columns * 2) return [...line];
  const columnOf = ({ at }: Point) => Math.floor(((at - from) / (to - from)) * columns);
  const kept: Point[] = [];
  let start = 0;
  while (start < line.length) {
    let end = start;
    let [low, high] = [start, start];
    const column = columnOf(line[start] as Point);
    for (; end < line.length && columnOf(line[end] as Point) === column; end += 1) {
      if ((line[end] as Point).value < (line[low] as Point).value) low = end;
      if ((line[end] as Point).value > (line[high] as Point).value) high = end;
    }
    for (const index of [...new Set([start, low, high, end - 1])].sort((one, other) => one - other))
      kept.push(line[index] as Point);
    start = end;
  }
  return kept;
}

export interface Summary {
  least: number;
  mean: number;
  most: number;
}

/** Lowest, average and highest of what can be drawn; undefined: nothing can. */
export function summaryOf(samples: readonly Sample[]): Summary | undefined {
  const values = samples.flatMap(({ value }) => (value === undefined ? [] : [value]));
  if (values.length === 0) return undefined;
  let [least, most, mean] = [Infinity, -Infinity, 0];
  values.forEach((value, index) => {
    least = Math.min(least, value);
    most = Math.max(most, value);
    mean += (value - mean) / (index + 1);
  });
  return { least, mean, most };
}

/** Index of the sample that is nearest to a moment; -1: there is none. */
export function nearestTo(samples: readonly Sample[], at: number): number {
  let [low, high] = [0, samples.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((samples[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [samples[low - 1], samples[low]];
  if (before === undefined || after === undefined) return Math.min(low, samples.length - 1);
  return at - before.at < after.at - at ? low - 1 : low;
}

/** Whether two that follow each other lie within a minute, so that minutes do not tell them apart. */
export const isWithinMinutes = (samples: readonly Sample[]): boolean =>
  samples.some(({ at }, place) => at - (samples[place - 1]?.at ?? Number.NEGATIVE_INFINITY) < 60_000);
