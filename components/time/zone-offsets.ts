/**
 * How far clocks are ahead of UTC. The server looks it up by `Intl` and sends it with the page for the zones that the page
 * writes times of: the first format that a phone makes costs it a tenth of a second, while the page comes to life.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Most moments that are shown lie this near. */
const reachMs = 370 * dayMs;
/** No zone keeps a summer or a pause of it shorter than this. */
const strideMs = 7 * dayMs;
/** Attribute of the data that a page carries. */
export const zonesAttribute = 'data-zone-offsets';

/** From when until when, epoch milliseconds, a zone is how many minutes ahead of UTC. */
export type Span = readonly [from: number, until: number, minutes: number];
export type Offsets = Record<string, readonly Span[]>;

const known = new Map<string, readonly Span[]>();
const read = new WeakSet<Element>();
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const made = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, made);
  return made;
}

/** The offset by the runtime's own knowledge, minutes. Throws a RangeError for a zone it does not know. */
function lookUp(at: number, zone: string): number {
  // `GMT`, `GMT+01:00`, `GMT-03:30`
  const [, sign = '', hours = 0, minutes = 0] =
    /GMT(.)(\d+):(\d+)/.exec((formats.get(zone) ?? formatOf(zone)).format(at)) ?? [];
  return Number(`${sign}${Number(hours) * 60 + Number(minutes)}`);
}

/** The first moment after `from`, to the minute, at which the offset is no longer `minutes`; it is another one at `until`. */
function changeBetween(from: number, until: number, minutes: number, zone: string): number {
  let [before, after] = [Math.floor(from / 60_000), Math.ceil(until / 60_000)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (lookUp(middle * 60_000, zone) === minutes) before = middle;
    else after = middle;
  }
  return after * 60_000;
}

/** The offsets of a zone for a year before and after a moment. */
function spansAround(now: number, zone: string): Span[] {
  const end = now + reachMs;
  const spans: Span[] = [];
  let from = now - reachMs;
  let minutes = lookUp(from, zone);
  for (let at = from + strideMs; at < end; at += strideMs) {
    const found = lookUp(at, zone);
    if (found === minutes) continue;
    const change = changeBetween(at - strideMs, at, minutes, zone);
    spans.push([from, change, minutes]);
    [from, minutes] = [change, found];
  }
  return [...spans, [from, end, minutes]];
}

/** The offsets of a zone as a page made `now` carries them; looked up once a day. */
export function offsetsOf(zone: string, now: number): readonly Span[] {
  const spans = known.get(zone);
  const end = spans?.at(-1)?.[1] ?? 0;
  if (spans !== undefined && end - now <= reachMs && end - now > reachMs - dayMs) return spans;
  const made = spansAround(now, zone);
  known.set(zone, made);
  return made;
}

/** Takes in what the page carries and has not been read yet; whether there was any. */
function readPage(): boolean {
  if (typeof document === 'undefined') return false;
  const fresh = [...document.querySelectorAll(`script[${zonesAttribute}]`)].filter((one) => !read.has(one));
  for (const one of fresh) {
    read.add(one);
    for (const [zone, spans] of Object.entries(JSON.parse(one.textContent ?? '{}') as Offsets))
      known.set(zone, spans);
  }
  return fresh.length > 0;
}

const knownOffset = (at: number, zone: string): number | undefined =>
  known.get(zone)?.find(([from, until]) => at >= from && at < until)?.[2];

/** How many minutes the clocks of a zone are ahead of UTC at a moment, epoch milliseconds. Throws a RangeError for an unknown zone. */
export function offsetAt(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  return knownOffset(at, zone) ?? (readPage() ? knownOffset(at, zone) : undefined) ?? lookUp(at, zone);
}
