import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { devices, homeMembers, hubs, locks, openings, projects, users } from '@/drizzle/schema';
import type { showSupportedHome as operation, SupportedHome } from '../../contracts/console';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import type { Database } from '../../db/client';
import { Failure } from '../../domain/errors';
import { latencyDays } from '../../domain/lock/latency';
import type { Caller, Deps } from '../deps';
import { toDevice } from '../devices/view';
import { toHub } from '../hubs/view';
import { toDoorReport, toOpening } from '../locks/view';
import { toMembership } from '../members/membership-view';
import { loadSupportedHome } from './load-supported';
import { lookAtHome } from './look-at-home';

/** Openings of a door that are shown with it; the timeline has all. */
const openingsShown = 3;
const dayMs = 86_400_000;

const lastOpenings = async (db: Database, lockIds: readonly number[]) => {
  if (lockIds.length === 0) return [];
  const newest = await db.execute<{ id: string }>(sql`
    select one.id::text from unnest(${`{${lockIds.join(',')}}`}::bigint[]) as l(id) cross join lateral (
      select o.id from openings o where o.lock_id = l.id
      order by o.created_at desc nulls last, o.id limit ${openingsShown}) one`);
  if (newest.length === 0) return [];
  return db
    .select()
    .from(openings)
    .where(sql`${openings.id} = any(${`{${newest.map(({ id }) => id).join(',')}}`}::uuid[])`)
    .orderBy(sql`${openings.createdAt} desc`);
};

async function latencies(db: Database, lockIds: readonly number[], now: Date) {
  if (lockIds.length === 0) return new Map<number, { count: number; p50Ms: number; p95Ms: number }>();
  const took = sql`greatest(0, extract(epoch from outcome_at - created_at) * 1000)`;
  const rows = await db.execute<{ lock: string; count: number; p50: number; p95: number }>(sql`
    select lock_id::text as lock, count(*)::int as count,
      percentile_cont(0.5) within group (order by ${took}) as p50,
      percentile_cont(0.95) within group (order by ${took}) as p95
    from openings where lock_id = any(${`{${lockIds.join(',')}}`}::bigint[]) and status = 'confirmed'
      and created_at >= ${new Date(now.getTime() - latencyDays * dayMs).toISOString()}::timestamptz
      and outcome_at is not null and joined is null
    group by 1`);
  return new Map(
    rows.map(({ lock, count, p50, p95 }) => [
      Number(lock),
      { count, p50Ms: Math.round(Number(p50)), p95Ms: Math.round(Number(p95)) },
    ]),
  );
}

/**
 * GET /staff/homes/{homeId}: a home on one page. That somebody looked is recorded first: what cannot be recorded is not
 * shown. Raises `not_found` across projects.
 */
export async function showSupportedHome(
  deps: Deps,
  { principal, address }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<SupportedHome> {
  const { db, clock } = deps;
  const { home, staff } = await loadSupportedHome(db, 'staff.home', principal, params.homeId);
  await db.transaction((tx) => lookAtHome(deps, tx, { staff, address }, home));
  const now = clock.now();
  const [[project], members, deviceRows, hubRows, lockRows] = await Promise.all([
    db.select().from(projects).where(eq(projects.id, home.projectId)),
    db
      .select({ membership: homeMembers, user: users })
      .from(homeMembers)
      .innerJoin(users, eq(users.id, homeMembers.userId))
      .where(eq(homeMembers.homeId, home.id))
      .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId)),
    db.select().from(devices).where(eq(devices.homeId, home.id)).orderBy(asc(devices.id)),
    db.select().from(hubs).where(eq(hubs.homeId, home.id)).orderBy(asc(hubs.serial), asc(hubs.id)),
    db
      .select()
      .from(locks)
      .where(and(eq(locks.homeId, home.id), isNull(locks.removedAt)))
      .orderBy(asc(locks.name), asc(locks.id)),
  ]);
  if (project === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const lockIds = lockRows.map(({ id }) => id);
  const opened = await lastOpenings(db, lockIds);
  // Looked at after them: an opening that is shown as confirmed is counted.
  const latency = await latencies(db, lockIds, now);
  return {
    id: home.id,
    name: home.name,
    projectId: project.id,
    projectName: project.name,
    accountType: project.accountType,
    ...(home.timezone === null ? {} : { timezone: home.timezone }),
    deactivated: home.deactivated,
    createdAt: toTimestamp(home.createdAt),
    members: members.map(({ membership, user }) => {
      const { grants: _none, ...place } = toMembership(membership, user, [], now);
      return place;
    }),
    devices: deviceRows.map(toDevice),
    hubs: hubRows.map((hub) => toHub(hub, project.uuid, now)),
    locks: lockRows.map((lock) => {
      const figures = latency.get(lock.id);
      return {
        ...toDoorReport(lock),
        uuid: lock.uuid,
        name: lock.name,
        ...(lock.serialNumber === null ? {} : { serialNumber: lock.serialNumber }),
        ...(lock.hubId === null ? {} : { hubId: lock.hubId }),
        openings: opened.filter(({ lockId }) => lockId === lock.id).map(toOpening),
        ...(figures === undefined ? {} : { latency: figures }),
      };
    }),
  };
}
