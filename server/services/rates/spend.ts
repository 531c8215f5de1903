import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
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

/** A process takes this share of an allowance at a time: it asks once for so many, and holds no more back from others. */
const sliceShare = 0.05;
const pursesMost = 50_000;
/** By database handle, which is one a process. */
const pursesOf = new WeakMap<object, Map<string, Purse>>();

function purseOf(db: object, subject: string): Purse {
  let purses = pursesOf.get(db);
  if (purses === undefined) {
    purses = new Map();
    pursesOf.set(db, purses);
  }
  const purse = purses.get(subject) ?? { left: 0, emptyUntil: 0 };
  // Last in the map is who spent last, so that the first is the one to forget.
  purses.delete(subject);
  purses.set(subject, purse);
  if (purses.size > pursesMost) {
    const [oldest] = purses.keys();
    if (oldest !== undefined) purses.delete(oldest);
  }
  return purse;
}

/** Takes slices for several subjects in one statement, in one order, so that two processes never wait in a circle. */
async function fill(
  { db, clock }: Spender,
  asked: ReadonlyMap<string, Allowance & { count: number }>,
): Promise<void> {
  const now = clock.now();
  const rows = [...asked.values()]
    .map(({ subject, perSecond, most, count }) => ({
      subject,
      perSecond,
      most,
      slice: Math.min(most, Math.max(count, Math.ceil(most * sliceShare))),
    }))
    .sort((one, other) => (one.subject < other.subject ? -1 : 1));
  const given = await db.execute<{ subject: string; granted: number; tokens: number }>(sql`
    insert into allowances as a (subject, tokens, granted, most, per_second, filled_at)
    select subject, most - slice, slice, most, "perSecond", ${now.toISOString()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as asked(
      subject text, "perSecond" double precision, most double precision, slice double precision)
    on conflict (subject) do update set
      (tokens, granted) = (
        select had - least(excluded.granted, floor(had)), least(excluded.granted, floor(had))
        from (select least(excluded.most, a.tokens + excluded.per_second
          * greatest(0, extract(epoch from excluded.filled_at - a.filled_at)::double precision)) as had) as purse),
      most = excluded.most, per_second = excluded.per_second, filled_at = excluded.filled_at
    returning subject, granted, tokens`);
  for (const { subject, granted, tokens } of given) {
    const purse = purseOf(db, subject);
    const perSecond = asked.get(subject)?.perSecond ?? 1;
    purse.left += granted;
    if (purse.left < 1) purse.emptyUntil = now.getTime() + (Math.max(0, 1 - tokens) * 1_000) / perSecond;
  }
}

/**
 * Spends one of each allowance, in the order given; the counts hold across processes. Answers for each the whole
 * seconds to wait when there is nothing left, undefined when it was spent. A clock that is set back costs nobody.
 */
export async function spend(spender: Spender, wanted: readonly Allowance[]): Promise<(number | undefined)[]> {
  const { db, clock } = spender;
  const missing = new Map<string, Allowance & { count: number }>();
  const take = (allowance: Allowance): boolean => {
    const purse = purseOf(db, allowance.subject);
    if (purse.left < 1) return false;
    purse.left -= 1;
    return true;
  };
  const waits = wanted.map((allowance) => (take(allowance) ? undefined : allowance));
  const now = clock.now().getTime();
  for (const allowance of waits) {
    if (allowance === undefined) continue;
    const { emptyUntil } = purseOf(db, allowance.subject);
    const isEmpty = emptyUntil > now && emptyUntil - now <= 1_000 / allowance.perSecond;
    if (isEmpty) continue;
    const count = (missing.get(allowance.subject)?.count ?? 0) + 1;
    missing.set(allowance.subject, { ...allowance, count });
  }
  if (missing.size > 0) await fill(spender, missing);
  return waits.map((allowance) => {
    if (allowance === undefined || take(allowance)) return undefined;
    return Math.max(1, Math.ceil((purseOf(db, allowance.subject).emptyUntil - now) / 1_000));
  });
}
