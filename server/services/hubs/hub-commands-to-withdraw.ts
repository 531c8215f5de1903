import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';
import type { EndedCommand } from '../openings/commands-to-withdraw';

/**
 * Commands that stand in shadows of hubs past their time, whoever put them there: what they carry (a network's password)
 * must not stay.
 */
export async function hubCommandsToWithdraw({ db, clock }: Deps): Promise<EndedCommand[]> {
  const rows = await db.execute<{ id: string; thing: string }>(sql`
    select standing.id, standing.thing from (
      select s.thing, s.state::jsonb #>> '{desired,command,id}' as id,
        s.state::jsonb #> '{desired,command,expiresAt}' as expires_at
      from hubs h join shadows s on s.thing = h.thing_name and s.name = ''
      where not s.deleted and s.updated_at > ${new Date(clock.now().getTime() - 86_400_000).toISOString()}::timestamptz
        and s.state like '%"expiresAt"%'
    ) standing
    where standing.id is not null and jsonb_typeof(standing.expires_at) = 'number'
      and standing.expires_at::numeric < ${clock.now().getTime()}::numeric
    limit 100`);
  return rows.map(({ id, thing }) => ({ id, thing, of: 'hub-command' }));
}
