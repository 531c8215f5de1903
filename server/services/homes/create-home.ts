import { sql } from 'drizzle-orm';
import type { Home, createHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { toHome } from './view';

/** POST /homes (mode-api 5.2): the caller becomes the owner. One statement, so a home without an owner never exists. */
export async function createHome(
  { db, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<Home> {
  authorise('homes.create', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const createdAt = clock.now();
  const rows = await db.execute<{ id: string }>(sql`
    with home as (
      insert into homes (project_id, name, timezone, created_at)
      select id, ${body.name}::text, ${body.timezone ?? null}::text, ${createdAt.toISOString()}::timestamptz from projects
      where id = ${principal.projectId}
        and (max_homes is null or max_homes > (select count(*) from homes where project_id = projects.id))
      returning id
    )
    insert into home_members (home_id, user_id, role, created_at)
    select id, ${principal.userId}::bigint, 'owner', ${createdAt.toISOString()}::timestamptz from home
    returning home_id::text as id`);
  if (rows.length === 0) throw new Failure('forbidden', { reason: 'EXCEEDED_MAX_HOMES' });
  return toHome({
    id: Number(rows[0]?.id),
    projectId: principal.projectId,
    createdAt,
    name: body.name,
    timezone: body.timezone ?? null,
    deactivated: false,
  });
}
