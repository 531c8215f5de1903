import { describe, expect, it } from 'vitest';
import { crashTexts } from './crash';
import { en, enAreas } from './en';
import { hourCycleOf, languageOf, textOf } from './lookup';
import { nb, nbAreas } from './nb';

const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

/** Words that both languages write alike. */
const sameInBoth: ReadonlySet<string> = new Set([
  'docs.type',
  'docs.try.send',
  'doorSettings.fact.hub',
  'hub.shadow.back',
  'app.name',
  'support.role.admin',
  'app.titleOf',
  'time.utc',
  'time.minutesSeconds',
  'activity.outcome.alarm',
  'activity.told.alarm',
  'fleet.hour',
  'history.length.minutes',
  'fleet.messages.sms',
  'fleet.messages.push',
  'home.tab.kv',
  'activity.filter.who',
]);

describe('messages', () => {
  it('fills the same places in both languages', () => {
    for (const [key, template] of Object.entries(en)) {
      expect(namesIn(nb[key as keyof typeof en]), key).toEqual(namesIn(template));
    }
  });

  it('has every text in one area only', () => {
    for (const [areas, all] of [
      [enAreas, en],
      [nbAreas, nb],
    ] as const) {
      expect(Object.values(areas).flatMap((area) => Object.keys(area))).toHaveLength(Object.keys(all).length);
    }
  });

  it('leaves no text empty or untranslated by oversight', () => {
    const alike = Object.entries(en)
      .filter(
        ([key, template]) =>
          nb[key as keyof typeof en] === template && /[a-z]{3}/i.test(template.replace(/\{\w+\}/g, '')),
      )
      .map(([key]) => key);
    expect(alike.filter((key) => !sameInBoth.has(key))).toEqual([]);
    for (const template of [...Object.values(en), ...Object.values(nb)]) expect(template.trim()).not.toBe('');
  });

  it('writes values into a text', () => {
    expect(textOf(en)('open.label', { door: 'Front {door}' })).toBe('Open Front {door}');
    expect(textOf(nb)('doors.locked', { locked: 1, total: 2 })).toBe('1 av 2 dører er låst');
  });

  it('says the same on the page of last resort', () => {
    expect(en).toMatchObject(crashTexts.en);
    expect(nb).toMatchObject(crashTexts.nb);
  });

  it('has twelve months in each language', () => {
    expect(en['time.months'].split(' ')).toHaveLength(12);
    expect(nb['time.months'].split(' ')).toHaveLength(12);
  });
});

describe('the language of a request', () => {
  it('follows the weights, not only the order', () => {
    expect(languageOf('en;q=0.5, nb-NO')).toBe('nb');
    expect(languageOf('de, en-GB;q=0.8, no;q=0.2')).toBe('en');
    expect(languageOf('nn')).toBe('nb');
    expect(languageOf('nb;q=0, fr')).toBe('en');
    expect(languageOf(null)).toBe('en');
  });

  it('writes the clock as the country does', () => {
    expect(hourCycleOf('en-US,en;q=0.9')).toBe(12);
    expect(hourCycleOf('en-GB')).toBe(24);
    expect(hourCycleOf('nb-NO')).toBe(24);
    expect(hourCycleOf('en')).toBe(24);
    expect(hourCycleOf('not a language')).toBe(24);
  });
});
