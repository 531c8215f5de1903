import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
import { Recent } from '../../domain/recent';
import type { Clock } from '../deps';

export interface Allowance {
  /** Who spends, for example `user:7`. */
  subject: string;
  perSecond: number;
  /** What may be spent at once after a rest. */
  most: number;
}

interface Purse {
  left: number;
  /** Nothing more is to be had before this moment, epoch milliseconds. */
  emptyUntil: number;
}
type Spender = { db: Pick<Executor, 'execute'>; clock: Clock };
/** An allowance, how much more of it this process should have, and whose time it is filled by. */
type Wish = Allowance & { count: number; clock: Clock };

/** A process takes this share of an allowance at a time: it asks once for so many, and holds no more back from others. */
const sliceShare = 0.05;
/** Purses that are running low are filled together, so long after the first of them, milliseconds. */
const aheadMs = 20;
const pursesMost = 50_000;

/** What a process has of allowances, and which of them are to be filled before they are empty. */
interface Purses {
  bySubject: Recent<string, Purse>;
  low: Map<string, Omit<Wish, 'count'>>;
}
/** By database handle, which is one a process. */
const pursesOf = new WeakMap<object, Purses>();

function pursesBehind(db: object): Purses {
  let purses = pursesOf.get(db);
  if (purses === undefined) {
    purses = { bySubject: new Recent(pursesMost), low: new Map() };
    pursesOf.set(db, purses);
  }
  return purses;
}

function purseOf({ bySubject }: Purses, subject: string): Purse {
  let purse = bySubject.get(subject);
  if (purse === undefined) {
    purse = { left: 0, emptyUntil: 0 };
    bySubject.set(subject, purse);
  }
  return purse;
}

const sliceOf = (most: number): number => Math.ceil(most * sliceShare);

/** Takes slices for several subjects in one statement, in one order, so that two processes never wait in a circle. */
async function fill(db: Spender['db'], asked: ReadonlyMap<string, Wish>): Promise<void> {
  const rows = [...asked.values()]
    .map(({ subject, perSecond, most, count, clock }) => ({
      subject,
      perSecond,
      most,
      slice: Math.min(most, count),
      at: clock.now().toISOString(),
    }))
    .sort((one, other) => (one.subject < other.subject ? -1 : 1));
  const given = await db.execute<{ subject: string; granted: number; tokens: number }>(sql`
    insert into allowances as a (subject, tokens, granted, most, per_second, filled_at)
    select subject, most - slice, slice, most, "perSecond", at
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as asked(
      subject text, "perSecond" double precision, most double precision, slice double precision, at timestamptz)
    on conflict (subject) do update set
      (tokens, granted) = (
        select had - least(excluded.granted, floor(had)), least(excluded.granted, floor(had))
        from (select least(excluded.most, a.tokens + excluded.per_second
          * greatest(0, extract(epoch from excluded.filled_at - a.filled_at)::double precision)) as had) as purse),
      most = excluded.most, per_second = excluded.per_second, filled_at = excluded.filled_at
    returning subject, granted, tokens`);
  const purses = pursesBehind(db);
  for (const { subject, granted, tokens } of given) {
    const purse = purseOf(purses, subject);
    const wish = asked.get(subject);
    purse.left += granted;
    if (purse.left >= 1 || wish === undefined) continue;
    purse.emptyUntil = wish.clock.now().getTime() + (Math.max(0, 1 - tokens) * 1_000) / wish.perSecond;
  }
}

/** Has a purse filled up soon that is half empty, so that nobody has to wait for the next slice. */
function fillAhead({ db, clock }: Spender, purses: Purses, allowance: Allowance, purse: Purse): void {
  const { subject, most } = allowance;
  const slice = sliceOf(most);
  const isLow = purse.left < Math.floor(slice / 2) && purse.emptyUntil <= clock.now().getTime();
  if (!isLow || purses.low.has(subject)) return;
  if (purses.low.size === 0) {
    setTimeout(() => {
      const asked = new Map<string, Wish>();
      for (const [name, wish] of purses.low) {
        // What has come in meanwhile is not asked for again.
        const count = sliceOf(wish.most) - purseOf(purses, name).left;
        if (count >= 1) asked.set(name, { ...wish, count });
      }
      purses.low.clear();
      // Whoever finds a purse empty asks again, and is told what is wrong.
      if (asked.size > 0) fill(db, asked).catch(() => {});
    }, aheadMs).unref();
  }
  purses.low.set(subject, { ...allowance, clock });
}

/**
 * Spends one of each allowance, in the order given; the counts hold across processes. Answers for each the whole
 * seconds to wait when there is nothing left, undefined when it was spent. A clock that is set back costs nobody.
 */
export async function spend(spender: Spender, wanted: readonly Allowance[]): Promise<(number | undefined)[]> {
  const { db, clock } = spender;
  const purses = pursesBehind(db);
  const take = (allowance: Allowance): boolean => {
    const purse = purseOf(purses, allowance.subject);
    if (purse.left < 1) return false;
    purse.left -= 1;
    fillAhead(spender, purses, allowance, purse);
    return true;
  };
  const waits = wanted.map((allowance) => (take(allowance) ? undefined : allowance));
  const missing = new Map<string, Wish>();
  const now = clock.now().getTime();
  for (const allowance of waits) {
    if (allowance === undefined) continue;
    const { subject, perSecond } = allowance;
    const { emptyUntil } = purseOf(purses, subject);
    const isEmpty = emptyUntil > now && emptyUntil - now <= 1_000 / perSecond;
    if (isEmpty) continue;
    const wish = missing.get(subject) ?? { ...allowance, count: 0, clock };
    missing.set(subject, wish);
    wish.count += 1;
  }
  for (const wish of missing.values()) wish.count = Math.max(wish.count, sliceOf(wish.most));
  if (missing.size > 0) await fill(db, missing);
  return waits.map((allowance) => {
    if (allowance === undefined || take(allowance)) return undefined;
    return Math.max(1, Math.ceil((purseOf(purses, allowance.subject).emptyUntil - now) / 1_000));
  });
}
