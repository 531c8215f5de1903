/** Values that stand on each other, from nothing up; what is not there takes no room. */
export function stackOf(values: readonly (number | undefined)[]): { lower: number; upper: number }[] {
  let height = 0;
  return values.map((value) => {
    const lower = height;
    height += value ?? 0;
    return { lower, upper: height };
  });
}

/** Stretches of points that have a value. */
export function runsOf(
  points: readonly { at: number; value: number | undefined }[],
): { at: number; value: number }[][] {
  const runs: { at: number; value: number }[][] = [];
  let run: { at: number; value: number }[] | undefined;
  for (const { at, value } of points) {
    if (value === undefined) {
      run = undefined;
      continue;
    }
    if (run === undefined) {
      run = [];
      runs.push(run);
    }
    run.push({ at, value });
  }
  return runs;
}
