import type { Home, createHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { run } from '../../db/prepared';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { toHome } from './view';

const insertHome = `
  with home as (
    insert into homes (project_id, name, timezone, created_at)
    select id, $2::text, $3::text, $4::timestamptz from projects
    where id = $1
      and (max_homes is null or max_homes > (select count(*) from homes where project_id = projects.id))
    returning id
  )
  insert into home_members (home_id, user_id, role, created_at)
  select id, $5::bigint, 'owner', $4::timestamptz from home
  returning home_id::text as id`;

/** POST /homes (mode-api 5.2): the caller becomes the owner. One statement, so a home without an owner never exists. */
export async function createHome(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<Home> {
  authorise('homes.create', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const createdAt = clock.now();
  const rows = await run<{ id: string }>(db, insertHome, [
    principal.projectId,
    body.name,
    body.timezone ?? null,
    createdAt.toISOString(),
    principal.userId,
  ]);
  if (rows.length === 0) throw new Failure('forbidden', { reason: 'EXCEEDED_MAX_HOMES' });
  bus.tellJoined(principal.userId);
  return toHome({
    id: Number(rows[0]?.id),
    projectId: principal.projectId,
    createdAt,
    name: body.name,
    timezone: body.timezone ?? null,
    deactivated: false,
  });
}
