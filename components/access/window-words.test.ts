import { describe, expect, it } from 'vitest';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { nb } from '../messages/nb';
import { fromLocalText, toLocalText } from './local-moment';
import { type AccessWindow, windowWords } from './window-words';

const oslo = 'Europe/Oslo';
const now = Date.parse('2026-02-01T12:00:00Z');
const inEnglish = (window: AccessWindow) => windowWords(window, textOf(en), oslo, { now });

describe('a window in words', () => {
  it('says that there is no limit', () => {
    expect(inEnglish({})).toBe('at any time');
    expect(inEnglish({ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] })).toBe('at any time');
  });

  it('names days as people do', () => {
    expect(inEnglish({ weekdays: ['fri', 'mon', 'tue', 'wed', 'thu'] })).toBe('weekdays');
    expect(inEnglish({ weekdays: ['sat', 'sun'] })).toBe('Saturdays and Sundays');
    expect(inEnglish({ weekdays: ['tue', 'wed', 'thu'] })).toBe('Tuesday to Thursday');
    expect(inEnglish({ weekdays: ['mon', 'wed', 'fri'] })).toBe('Monday, Wednesday and Friday');
    expect(inEnglish({ weekdays: ['fri', 'sat'] })).toBe('Friday and Saturday');
    expect(inEnglish({ weekdays: ['sun'] })).toBe('Sunday');
  });

  it('joins days, hours and dates', () => {
    expect(
      inEnglish({
        weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
        from: '08:00',
        until: '16:00',
        validUntil: '2026-03-03T23:00:00.000Z',
      }),
    ).toBe('weekdays 08:00–16:00 until the end of 3 March');
  });

  it('tells the time of an end within a day, on the clocks of the home', () => {
    expect(inEnglish({ validFrom: '2026-02-28T23:00:00.000Z', validUntil: '2026-07-03T12:30:00.000Z' })).toBe(
      'from 1 March until 3 July, 14:30',
    );
  });

  it('adds the year of another year', () => {
    expect(inEnglish({ validUntil: '2027-01-01T08:00:00.000Z' })).toBe('until 1 January 2027, 09:00');
  });

  it('says that hours over midnight end on the next day', () => {
    expect(inEnglish({ from: '22:00', until: '06:00' })).toBe('every day 22:00–06:00 the next day');
    expect(inEnglish({ from: '22:00' })).toBe('every day after 22:00');
    expect(inEnglish({ until: '06:00' })).toBe('every day before 06:00');
  });

  it('speaks Norwegian, and writes the clock as the reader does', () => {
    expect(windowWords({ weekdays: ['sat', 'sun'], from: '10:00', until: '12:00' }, textOf(nb), oslo)).toBe(
      'lørdag og søndag kl. 10:00–12:00',
    );
    expect(windowWords({ from: '00:30', until: '14:00' }, textOf(en), oslo, { hourCycle: 12 })).toBe(
      'every day 12:30 am–2:00 pm',
    );
  });
});

describe('a moment typed on the clocks of a zone', () => {
  it('comes back as it was typed', () => {
    const instant = fromLocalText('2026-07-03T14:30', oslo);
    expect(instant).toBe('2026-07-03T12:30:00.000Z');
    expect(toLocalText(instant ?? '', oslo)).toBe('2026-07-03T14:30');
  });

  it('is the first after a gap, and the first of an hour that comes twice', () => {
    expect(fromLocalText('2026-03-29T02:30', oslo)).toBe('2026-03-29T01:00:00.000Z');
    expect(fromLocalText('2026-10-25T02:30', oslo)).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is nothing while it is unfinished', () => {
    expect(fromLocalText('', oslo)).toBeUndefined();
    expect(fromLocalText('2026-07', oslo)).toBeUndefined();
  });
});
