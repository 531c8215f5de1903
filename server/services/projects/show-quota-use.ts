import { type SQL, sql } from 'drizzle-orm';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { type QuotaName, quotaNames } from '../../contracts/project-words';
import type { showQuotaUse as operation, QuotaUse } from '../../contracts/projects';
import type { Executor } from '../../db/client';
import type { Caller, Deps } from '../deps';
import { loadProject } from './change-project';

type Limit = QuotaUse['quota'];
interface Found extends Record<string, unknown> {
  used: string;
  kind: 'home' | 'lock' | null;
  id: string | null;
  name: string | null;
}

const inAll = (counted: SQL) =>
  sql`select count(*)::text as used, null as kind, null as id, null as name from ${counted}`;

/** The home that has most; `each` selects `home_id` and `used` of all homes of the project. */
const fullestHome = (each: SQL) => sql`
  select one.used::text as used, 'home' as kind, h.id::text as id, h.name
  from (${each}) one join homes h on h.id = one.home_id order by one.used desc, h.id limit 1`;

/** How much of a limit is in use; of one home or door: where most of it is. */
function countedFor(limit: Limit, projectId: number, now: Date): SQL {
  const ours = sql`project_id = ${projectId}`;
  const perHome = (table: SQL) =>
    fullestHome(
      sql`select home_id, count(*) as used from ${table} where ${ours} and home_id is not null group by home_id`,
    );
  switch (limit) {
    case 'maxUsers':
      return inAll(sql`users where ${ours}`);
    case 'maxHomes':
      return inAll(sql`homes where ${ours}`);
    case 'maxDevices':
      return inAll(sql`devices where ${ours}`);
    case 'maxLocks':
      return inAll(sql`locks where ${ours} and removed_at is null`);
    case 'maxHubs':
      return inAll(sql`hubs where ${ours} and status <> 'decommissioned'`);
    case 'maxModules':
      return inAll(sql`smart_modules where ${ours}`);
    case 'maxDevicesPerHome':
      return perHome(sql`devices`);
    case 'maxLocksPerHome':
      return perHome(sql`(select * from locks where removed_at is null) l`);
    case 'maxHubsPerHome':
      return perHome(sql`(select * from hubs where status <> 'decommissioned') b`);
    case 'maxMembersPerHome':
      return fullestHome(sql`
        select m.home_id, count(*) as used from home_members m join homes o on o.id = m.home_id
        where o.project_id = ${projectId} group by m.home_id`);
    case 'maxValueBytesPerHome':
      return fullestHome(sql`
        select pair.home_id, sum(pair.bytes) as used from (
          select v.home_id, octet_length(v.key) + octet_length(v.value) as bytes
          from home_values v join homes o on o.id = v.home_id where o.project_id = ${projectId}
          union all
          select d.home_id, octet_length(v.key) + octet_length(v.value)
          from device_values v join devices d on d.id = v.device_id
          where d.project_id = ${projectId} and d.home_id is not null) pair
        group by pair.home_id`);
    case 'maxLinksPerDoor':
      return sql`
        select count(*)::text as used, 'lock' as kind, k.id::text as id, k.name
        from guest_links g join guest_link_doors d on d.link_uuid = g.uuid join locks k on k.id = d.lock_id
        where g.project_id = ${projectId} and g.revoked_at is null
          and (g.valid_until is null or g.valid_until > ${now.toISOString()}::timestamptz)
        group by k.id, k.name order by count(*) desc, k.id limit 1`;
    case 'maxMessagesPerDay':
      return inAll(sql`messages where ${ours}
        and created_at >= date_trunc('day', ${now.toISOString()}::timestamptz, 'UTC')`);
  }
}

/**
 * GET /staff/projects/{projectId}/quota-use: what counts against each limit that the project has, in one reading. Limits
 * that it has not are not counted.
 */
export async function showQuotaUse(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Pick<Caller, 'principal'>,
  { params: { projectId } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { maxUsers, maxHomes, quotas } = await loadProject(db, 'projects.quotaUse', caller, projectId);
  const limits: [Limit, number | null | undefined][] = [
    ['maxUsers', maxUsers],
    ['maxHomes', maxHomes],
    ...quotaNames.map((name: QuotaName): [Limit, number | undefined] => [name, quotas[name]]),
  ];
  const read = async (tx: Pick<Executor, 'execute'>) => {
    const items: QuotaUse[] = [];
    for (const [quota, most] of limits) {
      if (most === null || most === undefined) continue;
      const [found] = await tx.execute<Found>(countedFor(quota, projectId, clock.now()));
      const { used, kind, id, name } = found ?? { used: '0', kind: null, id: null, name: null };
      items.push({
        ...{ quota, most, used: Number(used) },
        ...(kind === null ? {} : { at: { kind, id: Number(id), name: name ?? '' } }),
      });
    }
    return { items };
  };
  return db.transaction(read, { isolationLevel: 'repeatable read', accessMode: 'read only' });
}
