import { zoneOf } from '../../domain/access/zone';
import type { Language } from '../../domain/language';
import type { Visit, VisitDoor } from '../../services/links/find-visit';
import type { OpeningRow } from '../../services/locks/view';
import { boltOf, isOffline, nameOf } from './doors';
import { brokenIcon, clockIcon, doneIcon, drawing, drawingStyles, keyIcon, personIcon } from './drawing';
import { type Html, html, trusted } from './html';
import { fill, type Messages, messagesIn } from './messages';
import { cameOf, isOver, outcomeOf, type Tone } from './outcome';
import { script } from './script';
import { styles } from './styles';
import { momentWords, windowWords, withMoment } from './words';

export interface PageSettings {
  /** Path of this page, without a slash at the end. */
  base: string;
  nonce: string;
  language: Language;
  now: Date;
}

interface Frame extends PageSettings {
  title: string;
  isShut: boolean;
  /** State that the page watches for a change; without one it stays as it is. */
  state?: string;
  /** After how many seconds which page is loaded, where no script does it. */
  refresh?: { seconds: number; to: string } | undefined;
}

function frame({ nonce, language, base, title, isShut, state, refresh }: Frame, body: Html): Html {
  const texts = messagesIn(language);
  const settings = JSON.stringify({ base, state, locale: language === 'nb' ? 'nb-NO' : 'en-GB', texts });
  return html`<!doctype html>
<html lang="${language === 'nb' ? 'nb' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><meta name="theme-color" content="#f9f8f5" media="(prefers-color-scheme:light)"><meta name="theme-color" content="#050a09" media="(prefers-color-scheme:dark)">
${refresh !== undefined && html`<noscript><meta http-equiv="refresh" content="${refresh.seconds};url=${refresh.to}"></noscript>`}<title>${title}</title><link rel="icon" href="data:,"><style nonce="${nonce}">${trusted(styles + drawingStyles)}</style></head>
<body${isShut && trusted(' class="shut"')}><main><div class="card">${body}</div></main>
<script type="application/json" id="cfg" nonce="${nonce}">${trusted(settings.replaceAll('<', '\\u003c'))}</script><script nonce="${nonce}">${trusted(script)}</script></body></html>`;
}

const clock = (from: Date, to: Date | null, language: Language): string => {
  if (to === null) return '';
  const ms = Math.max(0, to.getTime() - from.getTime());
  return ms < 1_000
    ? `${ms} ms`
    : `${(ms / 1_000).toLocaleString(language === 'nb' ? 'nb-NO' : 'en-GB', { maximumFractionDigits: 1 })} s`;
};

interface Said {
  text: string;
  tone?: Tone | undefined;
  /** To quote where it did not go well. */
  reference?: string | undefined;
}

function saidOf(row: OpeningRow, texts: Messages): Said {
  const { say, tone } = outcomeOf(row);
  const isQuoted = isOver(row) && row.status !== 'confirmed';
  return { text: texts[say], tone, reference: isQuoted ? (row.requestId ?? undefined) : undefined };
}

/** Names the door where there are several: another one may be chosen meanwhile. */
const saidAt = (visit: Visit, door: VisitDoor, said: Said): Said =>
  visit.doors.length > 1 ? { ...said, text: `${nameOf(door)}: ${said.text}` } : said;

const refreshOf = (row: OpeningRow | undefined, { base }: PageSettings): Frame['refresh'] =>
  row === undefined || isOver(row)
    ? undefined
    : { seconds: 2, to: `${base}?request=${encodeURIComponent(row.requestId ?? '')}` };

/** A lock may answer before the record of the sending is written: it was sent no later than that. */
const sentOf = (row: OpeningRow | undefined): Date | null =>
  row?.sentAt && row.acceptedAt && row.acceptedAt < row.sentAt ? row.acceptedAt : (row?.sentAt ?? null);

function stepsOf(row: OpeningRow | undefined, language: Language, texts: Messages): Html {
  const step = (name: string, label: string, at: Date | null) =>
    html`<li data-step="${name}"${row !== undefined && at !== null && trusted(' data-done=""')}>${label}<span>${row === undefined ? '' : clock(row.createdAt, at, language)}</span></li>`;
  return html`<ol class="steps" id="steps" aria-label="${texts.steps}"${row === undefined && trusted(' hidden')}>${step('sent', texts.stepSent, sentOf(row))}${step('accepted', texts.stepAccepted, row?.acceptedAt ?? null)}${step('confirmed', texts.stepConfirmed, row?.status === 'confirmed' ? row.outcomeAt : null)}</ol>`;
}

function noteOf(said: Said | undefined, texts: Messages): Html {
  const tone = said?.tone === undefined ? undefined : html` data-tone="${said.tone}"`;
  const reference =
    said?.reference === undefined
      ? undefined
      : html`<small>${fill(texts.reference, { id: said.reference })}</small>`;
  return html`<p class="note" id="note" role="status"${tone}>${said?.text}${reference}</p>`;
}

function whenOf(visit: Visit, { now, language }: PageSettings, texts: Messages): Html {
  const zone = zoneOf(visit.home?.timezone);
  const words = windowWords(visit.link, now, zone, language, texts);
  const { access, link } = visit;
  // Said where the hours close it; the last day stands among the lines already.
  if (access.allowed && access.until !== undefined && access.until.getTime() !== link.validUntil?.getTime())
    words.unshift(withMoment(texts.closes, momentWords(access.until, now, zone.zone, language, texts)));
  const lines = words.map((line) => html`<li>${line}</li>`);
  return html`<section class="when"><h2>${texts.when}</h2><ul>${lines}</ul></section>`;
}

/** The guest's own record: when, at which door where there are several, and what came of it. */
function lastOf(
  visit: Visit,
  rows: readonly OpeningRow[],
  settings: PageSettings,
  texts: Messages,
): Html | undefined {
  if (rows.length === 0) return undefined;
  const lines = rows.map((row) => {
    const door = visit.doors.find(({ lock }) => lock.id === row.lockId);
    const at = momentWords(row.createdAt, settings.now, visit.zone, settings.language, texts);
    const where = visit.doors.length > 1 && door !== undefined ? `${nameOf(door)}, ` : '';
    return html`<li>${at}: ${where}${texts[cameOf(row)]}</li>`;
  });
  return html`<section class="when"><h2>${texts.last}</h2><ul>${lines}</ul></section>`;
}

function headOf(visit: Visit, selected: VisitDoor): Html {
  const home = visit.home === undefined ? undefined : html`<p class="home">${visit.home.name}</p>`;
  const isOne = visit.doors.length === 1;
  return isOne
    ? html`${home}<h1>${nameOf(selected)}</h1>`
    : html`<h1>${visit.home?.name ?? visit.link.label ?? nameOf(selected)}</h1>`;
}

/** The page of a link that is good now: choose a door, hold, and see what comes of it. */
export function openPage(
  visit: Visit,
  settings: PageSettings,
  given: {
    doorId?: string | undefined;
    opening?: OpeningRow | undefined;
    said?: Said | undefined;
    /** What the link was last used for, newest first. */
    last?: readonly OpeningRow[];
  } = {},
): string {
  const texts = messagesIn(settings.language);
  const { opening } = given;
  const selected =
    visit.doors.find(({ lock }) => lock.id === opening?.lockId) ??
    visit.doors.find(({ id }) => id === given.doorId) ??
    (visit.doors[0] as VisitDoor);
  const doors = visit.doors.map((door) => {
    const data = html`name="door" value="${door.id}" data-name="${nameOf(door)}" data-bolt="${boltOf(door)}" data-pin="${door.accessMethod === 'code' ? '1' : '0'}" data-offline="${isOffline(door) ? '1' : '0'}"`;
    return visit.doors.length === 1
      ? html`<input type="hidden" ${data}>`
      : html`<label class="door"><input type="radio" ${data}${door === selected && trusted(' checked')}><span>${nameOf(door)}</span></label>`;
  });
  const chooser =
    visit.doors.length === 1
      ? html`${doors}`
      : html`<fieldset><legend>${texts.chooseDoor}</legend><div class="doors">${doors}</div></fieldset>`;
  const pin = visit.doors.some(({ accessMethod }) => accessMethod === 'code')
    ? html`<div class="pin" id="pin-box"><label for="pin">${texts.pin}</label><input id="pin" name="pin" inputmode="numeric" autocomplete="off" pattern="[0-9]{4,8}" maxlength="8" aria-describedby="pin-hint"><small id="pin-hint">${texts.pinHint}</small></div>`
    : undefined;
  const said =
    given.said ?? (opening === undefined ? undefined : saidAt(visit, selected, saidOf(opening, texts)));
  const body = html`${drawing(boltOf(selected))}<div class="in">${headOf(visit, selected)}
<form id="open" method="post" action="${settings.base}/open"><input type="hidden" name="step" value="ask">${chooser}${pin}
<div class="act"><button class="hold" id="hold" aria-describedby="hint"><svg class="ringed" viewBox="0 0 176 176" aria-hidden="true"><circle class="face" cx="88" cy="88" r="72"/><circle class="track" cx="88" cy="88" r="83"/><circle class="ring" cx="88" cy="88" r="83" pathLength="1"/></svg><b>${keyIcon}<span class="scripted" id="ready">${texts.hold}</span><span class="plain">${texts.submit}</span></b></button>
<p class="hint scripted" id="hint">${texts.hint}</p><button type="button" class="btn quiet scripted" id="two">${texts.twoStep}</button>
<div id="ask" role="group" aria-labelledby="ask-text" hidden><p id="ask-text"></p><div class="row"><button type="button" class="btn go" id="yes">${texts.yes}</button><button type="button" class="btn" id="no">${texts.no}</button></div></div></div>
<p class="note" id="offline" role="status" data-tone="notice"${!isOffline(selected) && trusted(' hidden')}>${texts.offline}</p></form>
${stepsOf(opening, settings.language, texts)}${noteOf(said, texts)}${whenOf(visit, settings, texts)}${lastOf(visit, given.last ?? [], settings, texts)}</div>`;
  const title = visit.doors.length === 1 ? nameOf(selected) : texts.title;
  return frame(
    { ...settings, title, isShut: false, state: 'open', refresh: refreshOf(opening, settings) },
    body,
  ).text;
}

/** Without a script, a press is answered by a question first (experience, budgets). */
export function confirmPage(
  visit: Visit,
  settings: PageSettings,
  asked: { door: VisitDoor; requestId: string; pin: string | undefined },
): string {
  const texts = messagesIn(settings.language);
  const question = fill(texts.ask, { door: nameOf(asked.door) });
  const pin =
    asked.pin === undefined ? undefined : html`<input type="hidden" name="pin" value="${asked.pin}">`;
  const body = html`${drawing(boltOf(asked.door))}<div class="in">${headOf(visit, asked.door)}<form method="post" action="${settings.base}/open"><input type="hidden" name="door" value="${asked.door.id}"><input type="hidden" name="requestId" value="${asked.requestId}">${pin}<p>${question}</p><div class="row"><button class="btn go">${texts.yes}</button><a class="btn" href="${settings.base}">${texts.no}</a></div></form></div>`;
  return frame({ ...settings, title: question, isShut: false, state: 'open' }, body).text;
}

function shut(
  settings: Omit<Frame, 'title' | 'isShut'>,
  mark: Html,
  title: string,
  text: Html,
  rest?: Html,
): string {
  const body = html`<div class="in"><div class="mark">${mark}</div><h1>${title}</h1><p>${text}</p>${rest}</div>`;
  return frame({ ...settings, title, isShut: true }, body).text;
}

/** A link that nobody has, was taken back, or never was: one page for all of them. */
export function unknownPage(settings: PageSettings): string {
  const texts = messagesIn(settings.language);
  return shut({ ...settings, state: 'unknown' }, brokenIcon, texts.unknownTitle, html`${texts.unknown}`);
}

/**
 * The service could not answer. A page that was looked for comes back by itself; after a request it is not known what
 * became of it, and a link leads back.
 */
export function awayPage(
  settings: PageSettings,
  failed: { isRequest: boolean; path: string; reference: string },
): string {
  const texts = messagesIn(settings.language);
  const reference = html`<p><small>${fill(texts.reference, { id: failed.reference })}</small></p>`;
  if (failed.isRequest) {
    const rest = html`${reference}<p><a class="btn go" href="${settings.base}">${texts.back}</a></p>`;
    return shut(settings, brokenIcon, texts.unclearTitle, html`${texts.unclear}`, rest);
  }
  return shut(
    { ...settings, state: 'away', refresh: { seconds: 5, to: failed.path } },
    clockIcon,
    texts.awayTitle,
    html`${texts.away}`,
    reference,
  );
}

/**
 * A link that is known and not good now says why; it names neither home nor door, except to a guest between two windows.
 * What came of the visitor's own request is told, also by the last use of a link.
 */
export function closedPage(
  visit: Visit & { access: { allowed: false } },
  settings: PageSettings,
  opening?: OpeningRow,
): string {
  const texts = messagesIn(settings.language);
  const { reason, next } = visit.access;
  const moment =
    next === undefined ? undefined : momentWords(next, settings.now, visit.zone, settings.language, texts);
  const told = { ...settings, state: reason, refresh: refreshOf(opening, settings) };
  const outcome =
    opening === undefined
      ? undefined
      : html`${stepsOf(opening, settings.language, texts)}${noteOf(saidOf(opening, texts), texts)}`;
  switch (reason) {
    case 'expired':
      return shut(told, clockIcon, texts.expiredTitle, html`${texts.expiredText}`, outcome);
    case 'not-yet-valid': {
      const text = moment === undefined ? html`` : withMoment(texts.ahead, moment);
      return shut(told, clockIcon, texts.aheadTitle, text, outcome);
    }
    case 'outside-window': {
      const text = moment === undefined ? html`${texts.paused}` : withMoment(texts.opens, moment);
      const rest = html`${outcome}${whenOf(visit, settings, texts)}`;
      return shut(told, clockIcon, texts.outsideTitle, text, rest);
    }
    case 'used-up':
      return shut(told, doneIcon, texts.usedTitle, html`${texts.used}`, outcome);
    // Whoever has not shown who they are, or is somebody else, made no request that could be theirs.
    case 'sign-in': {
      const rest = html`<p><a class="btn go" href="/sign-in">${texts.signInLink}</a></p>`;
      return shut({ ...settings, state: reason }, personIcon, texts.signInTitle, html`${texts.signIn}`, rest);
    }
    case 'not-invited':
      return shut(
        { ...settings, state: reason },
        personIcon,
        texts.notInvitedTitle,
        html`${texts.notInvited}`,
      );
    default:
      return shut(told, clockIcon, texts.pausedTitle, html`${texts.paused}`, outcome);
  }
}
