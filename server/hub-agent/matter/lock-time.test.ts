import { describe, expect, it } from 'vitest';
import { wallTime } from '@/server/domain/access/zone';
import { isLetIn, type KeptHours } from '../matter-lock/hours';
import { weekDayFields, yearDayFields, zoneFields } from './lock-time';

describe('hours as Matter has them', () => {
  it('of the week name days and minutes, the end of the day as its last minute', () => {
    const hours = { kind: 'weekly', weekdays: [1, 7], fromMinute: 545, untilMinute: 1_440 } as const;
    expect(weekDayFields(hours)).toMatchObject({ startHour: 9, startMinute: 5, endHour: 23, endMinute: 59 });
    const { daysMask } = weekDayFields(hours);
    expect(Object.keys(daysMask).filter((day) => daysMask[day])).toEqual(['monday', 'sunday']);
  });

  it('of one stretch are whole seconds that lie within it', () => {
    expect(yearDayFields({ kind: 'between', from: 1_500, until: 3_500 })).toEqual({
      localStartTime: 2,
      localEndTime: 3,
    });
  });
});

describe('a zone that a lock is told of', () => {
  const at = Date.UTC(2026, 0, 15);
  it.each([
    'Europe/Oslo',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
    'Europe/Dublin',
  ])('%s shows the right time in all the years that were told', (zone) => {
    const { offsetMs, forward } = zoneFields(zone, at);
    for (let day = 0; day < 3 * 365; day += 10) {
      const then = at + day * 86_400_000;
      const summer = forward.find(({ from, until }) => from <= then && then < until);
      expect(then + offsetMs + (summer?.offsetMs ?? 0)).toBe(wallTime(then, zone));
    }
  });

  it('begins with the summer that is, and has none where there is none', () => {
    const july = Date.UTC(2026, 6, 1);
    const [now] = zoneFields('Europe/Oslo', july).forward;
    expect(now).toMatchObject({ offsetMs: 3_600_000, until: Date.UTC(2026, 9, 25, 1) });
    expect(now?.from).toBe(Date.UTC(2026, 2, 29, 1));
    expect(zoneFields('Asia/Kathmandu', at)).toEqual({ offsetMs: 20_700_000, forward: [] });
  });
});

describe('a virtual lock', () => {
  const kept: KeptHours = {
    rule: 'weekly',
    // Tuesday, nine to ten.
    weekly: [{ isOn: [false, false, true, false, false, false, false], fromMinute: 540, untilMinute: 600 }],
    between: [{ from: Date.UTC(2026, 0, 6), until: Date.UTC(2026, 0, 7) }],
  };
  const tuesday = (hour: number, minute = 0) => Date.UTC(2026, 0, 6, hour, minute);
  it.each<[KeptHours['rule'], number, boolean]>([
    ['weekly', tuesday(9), true],
    ['weekly', tuesday(9, 59), true],
    ['weekly', tuesday(10), false],
    ['weekly', tuesday(9) + 86_400_000, false],
    ['between', tuesday(0), true],
    ['between', tuesday(24), false],
    ['unrestricted', tuesday(24), true],
    ['never', tuesday(9), false],
  ])('lets a user of rule %s in at %d: %s', (rule, at, is) => {
    expect(isLetIn({ ...kept, rule }, at)).toBe(is);
  });
});
