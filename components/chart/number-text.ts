/** Beyond these a number is written with a power of ten. */
const large = 1e15;
const small = 1e-6;

const isPlain = (value: number): boolean =>
  value === 0 || (Math.abs(value) < large && Math.abs(value) >= small);

/** A number of a scale, with as many digits after the point as its neighbours. */
export const tickText = (value: number, decimals: number, mark: string): string =>
  (isPlain(value) ? value.toFixed(decimals) : String(value)).replace('.', mark);

/** A number at a glance: six digits that count, all of them before the point. */
export const shortNumber = (value: number, mark: string): string =>
  String(
    Number(value.toPrecision(Math.max(6, Math.min(16, Math.ceil(Math.log10(Math.abs(value) + 1)))))),
  ).replace('.', mark);
