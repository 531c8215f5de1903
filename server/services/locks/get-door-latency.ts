import { and, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { getDoorLatency as operation } from '../../contracts/door-settings';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { findSlowing, latencyDays, recentLatencyDays } from '../../domain/lock/latency';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from './load-lock';

const dayMs = 86_400_000;

/** Two columns, because arrays come as text. */
const figures = (p50: number | null | undefined, p95: number | null | undefined) =>
  p50 == null || p95 == null ? undefined : { p50Ms: Math.round(p50), p95Ms: Math.round(p95) };

/**
 * GET /locks/{id}/latency (ours): from openings of the last thirty days that the lock confirmed in time. Those that
 * shared the actuation of another are left out.
 */
export async function getDoorLatency(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = clock.now();
  const { lock, home, facts } = await loadLock(db, principal, params.id, now);
  authorise('locks.latency', principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  const since = new Date(now.getTime() - latencyDays * dayMs);
  const recentSince = new Date(now.getTime() - recentLatencyDays * dayMs);
  const ofSent = sql`greatest(0, extract(epoch from ${openings.outcomeAt} - ${openings.sentAt}) * 1000)`;
  const ofAsked = sql`greatest(0, extract(epoch from ${openings.outcomeAt} - ${openings.createdAt}) * 1000)`;
  const part = (share: 0.5 | 0.95, value: typeof ofSent) =>
    sql<number | null>`percentile_cont(${sql.raw(String(share))}) within group (order by ${value})`;
  const isRecent = sql`${openings.createdAt} >= ${recentSince.toISOString()}::timestamptz`;
  const middle = (which: typeof ofSent) =>
    sql<number | null>`percentile_cont(0.5) within group (order by ${ofSent}) filter (where ${which})`;
  const confirmed = and(
    eq(openings.lockId, lock.id),
    eq(openings.status, 'confirmed'),
    gte(openings.createdAt, since),
    isNotNull(openings.sentAt),
    isNotNull(openings.outcomeAt),
    isNull(openings.joined),
  );
  const [all] = await db
    .select({
      count: sql<number>`count(*)::int`,
      recentCount: sql<number>`(count(*) filter (where ${isRecent}))::int`,
      sent50: part(0.5, ofSent),
      sent95: part(0.95, ofSent),
      asked50: part(0.5, ofAsked),
      asked95: part(0.95, ofAsked),
      recent: middle(isRecent),
      before: middle(sql`not ${isRecent}`),
    })
    .from(openings)
    .where(confirmed);
  const { zone } = zoneOf(home?.timezone);
  const day = sql<string>`to_char(${openings.createdAt} at time zone ${zone}, 'YYYY-MM-DD')`;
  const perDay = await db
    .select({ day, count: sql<number>`count(*)::int`, sent50: part(0.5, ofSent), sent95: part(0.95, ofSent) })
    .from(openings)
    .where(confirmed)
    .groupBy(sql`1`)
    .orderBy(sql`1`);
  const count = all?.count ?? 0;
  const recentCount = all?.recentCount ?? 0;
  const slower = findSlowing(
    { count: recentCount, p50Ms: Math.round(all?.recent ?? 0) },
    { count: count - recentCount, p50Ms: Math.round(all?.before ?? 0) },
  );
  const asked = figures(all?.asked50, all?.asked95);
  const sent = figures(all?.sent50, all?.sent95);
  return {
    days: latencyDays,
    count,
    ...(asked === undefined ? {} : { asked }),
    ...(sent === undefined ? {} : { sent }),
    perDay: perDay.flatMap((one) => {
      const ofDay = figures(one.sent50, one.sent95);
      return ofDay === undefined ? [] : [{ day: one.day, count: one.count, ...ofDay }];
    }),
    ...(slower === undefined ? {} : { slower: { ...slower, recentDays: recentLatencyDays } }),
  };
}
