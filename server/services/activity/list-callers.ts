import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';
import type { ActivityScope } from './read-activity';

export interface KnownCaller {
  kind: string;
  id: string;
  name: string;
}

/** Lines of each door that are looked at, and people that are named at most. */
const linesMost = 500;
const callersMost = 100;

/** Who stands in the newest lines of a scope, for the choice of a person; the newest name counts. */
export async function listCallers({ db }: Pick<Deps, 'db'>, scope: ActivityScope): Promise<KnownCaller[]> {
  if (scope.onlyOfUser !== undefined || scope.doors.size === 0) return [];
  const ids = `{${[...scope.doors.keys()].join(',')}}`;
  const recent = (table: 'openings' | 'refusals') => sql`
    select one.* from unnest(${ids}::bigint[]) as l(id) cross join lateral (
      select principal_kind, principal_id, principal_name, created_at from ${sql.identifier(table)} o
      where o.lock_id = l.id and o.home_id = ${scope.homeId} order by o.created_at desc limit ${linesMost}) one`;
  const rows = await db.execute<{ kind: string; id: string; name: string }>(sql`
    select kind, id, name from (
      select distinct on (principal_kind, principal_id)
        principal_kind as kind, principal_id as id, principal_name as name
      from (${recent('openings')} union all ${recent('refusals')}) lines
      where principal_kind <> 'anonymous'
      order by principal_kind, principal_id, created_at desc) known
    order by name, kind, id limit ${callersMost}`);
  return rows.map(({ kind, id, name }) => ({ kind, id, name }));
}
