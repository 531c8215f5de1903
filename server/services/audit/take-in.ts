import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/client';
import type { Deps } from '../deps';
import { addLines, type TakenLine } from './add-lines';
import { newEndings, newEvents, newRefusals, recordsAtOnce, type Span } from './found-records';
import { holdAlone, readMarks, setMark } from './marks';

const takeInLock = 7_274_823_911;
/** Records are dated before they are committed, and by several clocks. */
const overlapMs = 120_000;
/** The first look at an old installation goes through its history in spans of this length. */
const spanMs = 24 * 3_600_000;

type Taking = Pick<Deps, 'db' | 'clock'>;

/** Where one kind of records comes from. */
interface Source {
  mark: string;
  /** The oldest of its records. */
  table: 'domain_events' | 'refusals' | 'openings';
  take(tx: Transaction, span: Span): Promise<number>;
  /** The first moment whose records may still change. */
  settledUntil?(tx: Transaction, until: Date): Promise<Date>;
}

const inPages =
  (find: (tx: Transaction, span: Span) => Promise<TakenLine[]>) =>
  async (tx: Transaction, span: Span): Promise<number> => {
    let added = 0;
    let from = span.from;
    for (;;) {
      const lines = await find(tx, { ...span, from });
      const more = await addLines(tx, lines);
      added += more;
      if (lines.length < recordsAtOnce) return added;
      if (more === 0) throw new Error('records could not be taken into the audit');
      // Records come in order of their dates: those before need not be looked at again.
      from = lines.at(-1)?.at ?? from;
    }
  };

const events: Source = { mark: 'events', table: 'domain_events', take: inPages(newEvents) };
const refusals: Source = { mark: 'refusals', table: 'refusals', take: inPages(newRefusals) };
const openings: Source = {
  mark: 'openings',
  table: 'openings',
  async take(tx, span) {
    let added = 0;
    for (let lock: number | undefined = 0; lock !== undefined; ) {
      const found = await newEndings(tx, span, lock);
      const more = await addLines(tx, found.lines);
      if (found.lines.length > 0 && more === 0) throw new Error('openings could not be taken into the audit');
      added += more;
      lock = found.next;
    }
    return added;
  },
  async settledUntil(tx, until) {
    const [row] = await tx.execute<{ first: string | null }>(sql`
      select min(created_at)::text as first from openings
      where status in ('pending', 'sent', 'accepted', 'unresolved')`);
    return row?.first == null ? until : new Date(Math.min(Date.parse(row.first), until.getTime()));
  },
};

/** Where the last look at a source ended; at first, its oldest record. */
async function lastLook({ db }: Taking, source: Source, now: Date): Promise<number> {
  const mark = (await readMarks(db, [source.mark])).get(source.mark);
  if (mark !== undefined) return mark;
  const [row] = await db.execute<{ first: string | null }>(
    sql`select min(created_at)::text as first from ${sql.identifier(source.table)}`,
  );
  return row?.first == null ? now.getTime() : new Date(row.first).getTime();
}

/** Takes one span of a source in one transaction with its mark. Undefined: another process is at it. */
async function takeSpan(
  { db }: Taking,
  source: Source,
  span: Span,
  reached: Date,
): Promise<number | undefined> {
  return db.transaction(async (tx) => {
    if (!(await holdAlone(tx, takeInLock))) return undefined;
    const added = await source.take(tx, span);
    const settled = (await source.settledUntil?.(tx, reached)) ?? reached;
    await setMark(tx, source.mark, settled.getTime());
    return added;
  });
}

async function takeSource(deps: Taking, source: Source, lookBackMs: number): Promise<number> {
  const now = deps.clock.now().getTime();
  let total = 0;
  // A clock that was ahead must not hide what comes after it was set right.
  let at = Math.min(await lastLook(deps, source, new Date(now)), now);
  for (let isDone = false; !isDone; ) {
    const end = Math.min(at + spanMs, now);
    isDone = end === now;
    const span = {
      from: new Date(at - lookBackMs),
      // What other machines date a little ahead is taken as well.
      until: new Date(isDone ? now + overlapMs : end),
    };
    const added = await takeSpan(deps, source, span, new Date(end));
    if (added === undefined) return total;
    total += added;
    at = end;
  }
  return total;
}

/** How far the thorough look goes back, for what was dated long before it was committed, and openings reported late. */
export const thoroughlyMs = 24 * 3_600_000;

/** Takes events and refusals that were recorded since the last time. Taking again what was taken adds nothing. */
export async function takeInRecords(deps: Taking, lookBackMs = overlapMs): Promise<number> {
  return (await takeSource(deps, events, lookBackMs)) + (await takeSource(deps, refusals, lookBackMs));
}

/** Takes openings that have come to an end since the last time; it looks at every lock, so it is not done all the time. */
export const takeInOpenings = (deps: Taking, lookBackMs = overlapMs): Promise<number> =>
  takeSource(deps, openings, lookBackMs);
