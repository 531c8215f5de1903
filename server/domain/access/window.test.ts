import { describe, expect, it } from 'vitest';
import { always, everyDay, isInWindow, nextChange, nextOpening, type Window, weekdayOf } from './window';
import { toMinute, toWeekdayBits, type WeekdayName } from './wire-window';
import { instantsOf, jumpsBetween, wallClock } from './zone';

const hours = (from: string, until: string, ...days: WeekdayName[]): Window => ({
  ...always,
  fromMinute: toMinute(from),
  untilMinute: toMinute(until),
  weekdays: days.length === 0 ? null : toWeekdayBits(days),
});
const at = (text: string) => new Date(text);
const oslo = 'Europe/Oslo';
const newYork = 'America/New_York';

describe('a window of hours', () => {
  it('opens with its first minute and closes with its last', () => {
    const window = hours('09:00', '17:00');
    const open = (text: string) => isInWindow(window, at(text), oslo);
    expect(open('2026-03-02T07:59:59.999Z')).toBe(false);
    expect(open('2026-03-02T08:00:00.000Z')).toBe(true);
    expect(open('2026-03-02T15:59:59.999Z')).toBe(true);
    expect(open('2026-03-02T16:00:00.000Z')).toBe(false);
  });

  it('over midnight belongs to the day on which it began', () => {
    const window = hours('22:00', '06:00', 'fri');
    const open = (text: string) => isInWindow(window, at(text), 'UTC');
    expect(open('2026-03-06T21:59:00Z')).toBe(false);
    expect(open('2026-03-06T22:00:00Z')).toBe(true);
    expect(open('2026-03-07T05:59:00Z')).toBe(true);
    expect(open('2026-03-07T06:00:00Z')).toBe(false);
    expect(open('2026-03-07T22:30:00Z')).toBe(false);
    expect(open('2026-03-06T05:00:00Z')).toBe(false);
  });

  it('that ends when it began lasts a whole day', () => {
    const window = hours('08:00', '08:00', 'mon');
    expect(isInWindow(window, at('2026-03-02T08:00:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(window, at('2026-03-03T07:59:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(window, at('2026-03-03T08:00:00Z'), 'UTC')).toBe(false);
  });

  it('without an end lasts until midnight, without a start from midnight', () => {
    const evening = { ...hours('18:00', '00:00', 'sun'), untilMinute: null };
    expect(isInWindow(evening, at('2026-03-01T23:59:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(evening, at('2026-03-02T00:00:00Z'), 'UTC')).toBe(false);
    const morning = { ...hours('00:00', '12:00'), fromMinute: null };
    expect(isInWindow(morning, at('2026-03-02T00:00:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(morning, at('2026-03-02T12:00:00Z'), 'UTC')).toBe(false);
  });

  it('ends at its dates whatever the hours say', () => {
    const window = {
      ...hours('00:00', '23:00'),
      validFrom: at('2026-02-28T10:00:00Z'),
      validUntil: at('2026-03-01T10:00:00Z'),
    };
    expect(isInWindow(window, at('2026-02-28T09:59:59Z'), 'UTC')).toBe(false);
    expect(isInWindow(window, at('2026-02-28T10:00:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(window, at('2026-03-01T10:00:00Z'), 'UTC')).toBe(false);
  });

  it('knows the 29th of February and the days after it', () => {
    const window = hours('22:00', '02:00', 'tue');
    expect(isInWindow(window, at('2028-02-29T23:00:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(window, at('2028-03-01T01:00:00Z'), 'UTC')).toBe(true);
    expect(isInWindow(window, at('2028-03-01T23:00:00Z'), 'UTC')).toBe(false);
  });
});

describe('when the clocks change', () => {
  it('a window inside the skipped hour does not open that day', () => {
    const window = hours('02:15', '02:45');
    const night = at('2026-03-28T23:30:00Z');
    expect(nextOpening(window, night, oslo)).toEqual(at('2026-03-30T00:15:00Z'));
    expect(nextOpening(window, at('2026-03-08T05:00:00Z'), newYork)).toEqual(at('2026-03-09T06:15:00Z'));
  });

  it('a window that ends in the skipped hour closes when the clocks jump', () => {
    const window = hours('01:00', '02:30');
    expect(isInWindow(window, at('2026-03-29T00:59:59Z'), oslo)).toBe(true);
    expect(isInWindow(window, at('2026-03-29T01:00:00Z'), oslo)).toBe(false);
    expect(nextChange(window, at('2026-03-29T00:30:00Z'), oslo)).toEqual(at('2026-03-29T01:00:00Z'));
  });

  it('a window that begins in the skipped hour opens when the clocks have jumped', () => {
    const window = hours('02:30', '04:00');
    expect(nextOpening(window, at('2026-03-29T00:00:00Z'), oslo)).toEqual(at('2026-03-29T01:00:00Z'));
  });

  it('is open both times in the hour that comes twice', () => {
    const window = hours('02:15', '02:45');
    const open = (text: string) => isInWindow(window, at(text), oslo);
    expect(open('2026-10-25T00:30:00Z')).toBe(true);
    expect(open('2026-10-25T01:05:00Z')).toBe(false);
    expect(open('2026-10-25T01:30:00Z')).toBe(true);
    expect(isInWindow(hours('01:15', '01:45'), at('2026-11-01T05:30:00Z'), newYork)).toBe(true);
    expect(isInWindow(hours('01:15', '01:45'), at('2026-11-01T06:30:00Z'), newYork)).toBe(true);
  });

  it('a weekly window that the change swallows opens in the week after', () => {
    const window = hours('02:15', '02:45', 'sun');
    expect(nextOpening(window, at('2026-03-28T12:00:00Z'), oslo)).toEqual(at('2026-04-05T00:15:00Z'));
  });

  it('a change of the home to another zone moves the window', () => {
    const window = hours('09:00', '10:00');
    expect(isInWindow(window, at('2026-01-05T08:30:00Z'), oslo)).toBe(true);
    expect(isInWindow(window, at('2026-01-05T08:30:00Z'), newYork)).toBe(false);
    expect(isInWindow(window, at('2026-01-05T14:30:00Z'), newYork)).toBe(true);
  });
});

describe('the next change', () => {
  it('does not come where nothing limits', () => {
    expect(nextChange(always, at('2026-03-02T08:00:00Z'), oslo)).toBeUndefined();
    const over = { ...always, validUntil: at('2026-03-01T00:00:00Z') };
    expect(nextChange(over, at('2026-03-02T00:00:00Z'), oslo)).toBeUndefined();
    expect(nextOpening({ ...always, weekdays: 0 }, at('2026-03-02T00:00:00Z'), oslo)).toBeUndefined();
  });

  it('skips boundaries at which nothing changes', () => {
    const window = hours('00:00', '00:00', 'mon', 'tue');
    expect(nextChange(window, at('2026-03-02T12:00:00Z'), 'UTC')).toEqual(at('2026-03-04T00:00:00Z'));
  });

  it('looks on from a start that lies months ahead', () => {
    const window = { ...hours('09:00', '17:00', 'mon'), validFrom: at('2026-12-02T00:00:00Z') };
    expect(nextOpening(window, at('2026-03-02T12:00:00Z'), oslo)).toEqual(at('2026-12-07T08:00:00Z'));
  });
});

/** Numbers that look random and are the same in every run. */
function makeRandom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('of any window at any time', () => {
  const zones = [oslo, newYork, 'UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'];
  const starts = ['2026-03-27', '2026-10-23', '2026-03-06', '2026-10-30', '2028-02-27', '2026-12-30'];

  function cases(count: number, seed: number) {
    const random = makeRandom(seed);
    return Array.from({ length: count }, () => {
      const start = at(`${starts[random(starts.length)]}T00:00:00Z`).getTime() + random(5 * 86_400) * 1000;
      const bounded = random(4) === 0;
      const window: Window = {
        validFrom: bounded ? new Date(start + random(3 * 86_400) * 1000) : null,
        validUntil: bounded ? new Date(start + (3 + random(9)) * 86_400_000) : null,
        weekdays: random(3) === 0 ? null : 1 + random(everyDay),
        fromMinute: random(5) === 0 ? null : random(1_440),
        untilMinute: random(5) === 0 ? null : random(1_440),
      };
      return { window, start, zone: zones[random(zones.length)] as string };
    });
  }

  it('the state holds until the next change and is another one there', () => {
    const random = makeRandom(7);
    for (const { window, start, zone } of cases(250, 1)) {
      const now = new Date(start);
      const isOpen = isInWindow(window, now, zone);
      const next = nextChange(window, now, zone);
      const end = next?.getTime() ?? start + 13 * 86_400_000;
      const told = { window, zone, now: now.toISOString(), next: next?.toISOString() };
      if (next !== undefined)
        expect({ ...told, is: isInWindow(window, next, zone) }).toEqual({ ...told, is: !isOpen });
      const samples = [end - 1, ...Array.from({ length: 12 }, () => start + random(end - start))];
      for (const sample of samples) {
        const moment = new Date(sample);
        const seen = { ...told, at: moment.toISOString() };
        expect({ ...seen, is: isInWindow(window, moment, zone) }).toEqual({ ...seen, is: isOpen });
      }
    }
  });

  it('the days on which it is open are those that were chosen, or the morning after one', () => {
    for (const { window, start, zone } of cases(400, 2)) {
      if (!isInWindow(window, new Date(start), zone) || window.weekdays === null) continue;
      const { day } = wallClock(new Date(start), zone);
      const isChosen = (one: number) => ((window.weekdays ?? 0) & (1 << weekdayOf(one))) !== 0;
      const runsOver = (window.untilMinute ?? 1_440) <= (window.fromMinute ?? 0);
      expect(isChosen(day) || (runsOver && isChosen(day - 1))).toBe(true);
    }
  });

  it('every instant is found again from the clock on the wall', () => {
    const random = makeRandom(3);
    for (let count = 0; count < 400; count += 1) {
      const zone = zones[random(zones.length)] as string;
      const instant = at(`${starts[random(starts.length)]}T00:00:00Z`).getTime() + random(7_000) * 60_000;
      const { day, minute } = wallClock(new Date(instant), zone);
      expect(instantsOf(day, minute, zone)).toContain(instant);
    }
  });
});

describe('a zone', () => {
  it('has its clock changes where the tables have them', () => {
    const year = (zone: string) =>
      jumpsBetween(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1), zone).map((jump) =>
        new Date(jump).toISOString(),
      );
    expect(year(oslo)).toEqual(['2026-03-29T01:00:00.000Z', '2026-10-25T01:00:00.000Z']);
    expect(year(newYork)).toEqual(['2026-03-08T07:00:00.000Z', '2026-11-01T06:00:00.000Z']);
    expect(year('UTC')).toEqual([]);
  });

  it('that nobody knows opens nothing', () => {
    expect(() => isInWindow(hours('00:00', '23:59'), new Date(), 'Mars/Olympus')).toThrow(RangeError);
  });
});
