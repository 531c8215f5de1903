import { partsOf } from '../time/format';

export interface ValueTicks {
  /** From below the lowest to above the highest, at least two. */
  ticks: number[];
  /** Digits after the point that tell one from the next. */
  decimals: number;
}

const decimalsMost = 12;

/** About `count` round numbers that hold the range between them. */
export function valueTicks(least: number, most: number, count: number): ValueTicks {
  // Without a spread worth the name the values stand in the middle of one that fits their size.
  const isFlat = most - least <= Math.max(Math.abs(least), Math.abs(most)) * 1e-12;
  const spread = isFlat ? Math.max(Math.abs(most), 1) / 5 : most - least;
  const [low, high] = isFlat ? [least - spread / 2, most + spread / 2] : [least, most];
  const rough = Math.max(spread / count, Number.MIN_VALUE * 1e16);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const decimals = Math.min(decimalsMost, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const needed = step / power === 2.5 && decimals < decimalsMost ? decimals + 1 : decimals;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  const ticks = Array.from({ length: Math.min(last - first, count * 3) + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(15)),
  );
  return { ticks, decimals: needed };
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [1, 5, 10, 15, 30]
  .map((minutes) => minutes * minute)
  .concat(
    [1, 2, 3, 6, 12].map((hours) => hours * hour),
    [1, 2, 5, 7, 14].map((days) => days * day),
  );

/** How far the clock of a zone is ahead of UTC at a moment, milliseconds. */
function offsetOf(at: number, zone: string): number {
  const parts = partsOf(at, zone);
  const local = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  return local - Math.floor(at / minute) * minute;
}

export interface TimeTick {
  at: number;
  /** Whether the day is the thing to write, not the time of day. */
  isDay: boolean;
}

/** At most `most` moments of the zone's clock and calendar at even distances. */
export function timeTicks(from: number, to: number, zone: string, most: number): TimeTick[] {
  const step = steps.find((candidate) => (to - from) / candidate <= most) ?? 14 * day;
  const ticks: TimeTick[] = [];
  const firstLocal = Math.ceil((from + offsetOf(from, zone)) / step) * step;
  for (let local = firstLocal; ; local += step) {
    // Asked twice: the first guess may lie on the other side of a change of the clocks.
    const at = local - offsetOf(local - offsetOf(local - offsetOf(from, zone), zone), zone);
    if (at > to) return ticks;
    if (at >= from && at > (ticks.at(-1)?.at ?? -Infinity)) ticks.push({ at, isDay: local % day === 0 });
  }
}
