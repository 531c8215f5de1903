/** The charge of a battery at a moment, epoch milliseconds. */
export interface Charge {
  at: number;
  percent: number;
}

const dayMs = 86_400_000;
/** A charge that rises by so much was a charger or a new battery; less is the weather. */
const renewalLeast = 10;

/** Index of the first charge after the battery was last renewed; 0: it was not. */
export function renewalIn(charges: readonly Charge[]): number {
  let [lowest, renewed] = [Number.POSITIVE_INFINITY, 0];
  charges.forEach(({ percent }, index) => {
    if (percent - lowest >= renewalLeast) {
      renewed = index;
      lowest = percent;
    } else lowest = Math.min(lowest, percent);
  });
  return renewed;
}

/** What a slope needs before anybody is told of it. */
const daysLeast = 14;
const fallLeast = 4;
const chargesLeast = 4;
/** How much of the fall the straight line must explain. */
const fitLeast = 0.7;
const daysMost = 730;

/**
 * About how many days a battery lasts, from a straight line through its charges since it was renewed, oldest first;
 * undefined where the past is too short, too flat or too crooked to say.
 */
export function daysLeft(charges: readonly Charge[]): number | undefined {
  const since = charges.slice(renewalIn(charges));
  const [first, last] = [since[0], since.at(-1)];
  if (first === undefined || last === undefined || since.length < chargesLeast) return undefined;
  const days = (last.at - first.at) / dayMs;
  if (days < daysLeast || first.percent - last.percent < fallLeast) return undefined;
  const xs = since.map(({ at }) => (at - first.at) / dayMs);
  const ys = since.map(({ percent }) => percent);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [xy, xx, yy] = [0, 0, 0];
  xs.forEach((x, index) => {
    const y = (ys[index] ?? 0) - meanY;
    xy += (x - meanX) * y;
    xx += (x - meanX) ** 2;
    yy += y ** 2;
  });
  const slope = xy / xx;
  if (slope >= 0 || xy ** 2 / (xx * yy) < fitLeast) return undefined;
  const left = Math.round(last.percent / -slope);
  return left > daysMost ? undefined : left;
}

/**
 * The charge at the end of each stretch of time, oldest first: what was told last stands until something else is.
 * `charges` oldest first, one from before the first stretch among them where there is one.
 */
export function chargesAt(charges: readonly Charge[], ends: readonly number[]): Charge[] {
  let place = 0;
  let known: number | undefined;
  return ends.flatMap((end) => {
    for (; place < charges.length && (charges[place] as Charge).at <= end; place += 1)
      known = (charges[place] as Charge).percent;
    return known === undefined ? [] : [{ at: end, percent: known }];
  });
}
