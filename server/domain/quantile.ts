/** So many samples of one value. */
export interface Step {
  value: number;
  count: number;
}

/**
 * The value below which a share of all samples lies, between two of them in proportion, as `percentile_cont` has it. The
 * steps are those with the least value first, two of the same value allowed; of none it is 0.
 */
export function quantile(steps: readonly Step[], share: number): number {
  const count = steps.reduce((sum, step) => sum + step.count, 0);
  const place = share * Math.max(0, count - 1);
  const valueAt = (index: number): number => {
    let upTo = 0;
    for (const step of steps) {
      upTo += step.count;
      if (index < upTo) return step.value;
    }
    return steps.at(-1)?.value ?? 0;
  };
  const below = Math.floor(place);
  const from = valueAt(below);
  return from + (place - below) * (valueAt(below + 1) - from);
}
