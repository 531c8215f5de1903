import { everyDay, type Window } from '../../domain/access/window';
import { toClock } from '../../domain/access/wire-window';
import { instantsOf, wallClock } from '../../domain/access/zone';
import type { Language } from '../../domain/language';
import { type Html, html } from './html';
import { fill, type Messages } from './messages';

const locales: Record<Language, string> = { en: 'en-GB', nb: 'nb-NO' };
/** 1 January 2024 was a Monday. */
const monday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;

/** A point in time in words of the home's zone; the page's script puts the viewer's own beside it where it differs. */
export function momentWords(at: Date, now: Date, zone: string, language: Language, texts: Messages): Html {
  const year = (one: Date) =>
    new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric' }).format(one);
  const words = new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(year(at) === year(now) ? {} : { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
  return html`<time datetime="${at.toISOString()}" data-zone="${zone}" data-yours="${texts.yours}">${words}</time>`;
}

function dayWords(weekdays: number | null, language: Language, texts: Messages): string {
  const days = [0, 1, 2, 3, 4, 5, 6].filter((day) => ((weekdays ?? everyDay) & (1 << day)) !== 0);
  if (days.length === 7) return texts.everyDay;
  const name = new Intl.DateTimeFormat(locales[language], { weekday: 'long', timeZone: 'UTC' });
  const names = days.map((day) => name.format(monday + day * dayMs));
  const list =
    names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${texts.and} ${names.at(-1)}`;
  return list.charAt(0).toLocaleUpperCase(locales[language]) + list.slice(1);
}

function hourWords(window: Window, texts: Messages): string {
  if (window.fromMinute === null && window.untilMinute === null) return texts.allDay;
  const from = window.fromMinute ?? 0;
  const until = window.untilMinute ?? 1_440;
  const end = until === 1_440 ? '24:00' : toClock(until);
  return `${toClock(from)}–${end}${until <= from ? ` (${texts.nextMorning})` : ''}`;
}

/** Today's hours as instants, so that the viewer's own clock can be set beside them. */
function hoursNow(window: Window, at: Date, zone: string): { from: string; until: string } | undefined {
  const from = window.fromMinute ?? 0;
  const until = window.untilMinute ?? 1_440;
  const { day } = wallClock(at, zone);
  const [opens] = instantsOf(day, from, zone);
  const [closes] = instantsOf(until <= from ? day + 1 : day, until, zone);
  return opens === undefined || closes === undefined
    ? undefined
    : { from: new Date(opens).toISOString(), until: new Date(closes).toISOString() };
}

const hasHours = (window: Window): boolean => window.fromMinute !== null || window.untilMinute !== null;
const isWeekly = (window: Window): boolean =>
  hasHours(window) || (window.weekdays !== null && (window.weekdays & everyDay) !== everyDay);

interface Uses {
  maxUses: number | null;
  usedCount: number;
}

/** How many openings a link still has; undefined where they are not counted. */
export function usesWords({ maxUses, usedCount }: Uses, texts: Messages): string | undefined {
  if (maxUses === null) return undefined;
  const left = Math.max(0, maxUses - usedCount);
  return left === 1 ? texts.usesOne : fill(texts.uses, { count: left });
}

/** A window in lines of words: days and hours, the last day, the uses left, whose clock it is. */
export function windowWords(
  window: Window & Uses,
  at: Date,
  zone: { zone: string; isAssumed: boolean },
  language: Language,
  texts: Messages,
): Html[] {
  const lines: Html[] = [];
  if (isWeekly(window)) {
    const words = `${dayWords(window.weekdays, language, texts)}, ${hourWords(window, texts)}`;
    const now = hasHours(window) ? hoursNow(window, at, zone.zone) : undefined;
    lines.push(
      now === undefined
        ? html`${words}`
        : html`<span data-hours-from="${now.from}" data-hours-until="${now.until}" data-zone="${zone.zone}" data-yours="${texts.yours}">${words}</span>`,
    );
  }
  if (window.validUntil !== null) {
    const [before = '', after = ''] = texts.until.split('{date}');
    lines.push(html`${before}${momentWords(window.validUntil, at, zone.zone, language, texts)}${after}`);
  }
  if (lines.length === 0) lines.push(html`${texts.always}`);
  const uses = usesWords(window, texts);
  if (uses !== undefined) lines.push(html`<span id="uses">${uses}</span>`);
  const place = (zone.zone.split('/').at(-1) ?? zone.zone).replaceAll('_', ' ');
  lines.push(html`${zone.isAssumed ? texts.zoneAssumed : fill(texts.zone, { zone: place })}`);
  return lines;
}

/** A text with a moment in its place `{date}`. */
export function withMoment(text: string, moment: Html): Html {
  const [before = '', after = ''] = text.split('{date}');
  return html`${before}${moment}${after}`;
}
