import { sql } from 'drizzle-orm';
import type { Home, createHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { run } from '../../db/prepared';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { holdRoom } from '../projects/require-quota';
import { toHome } from './view';

/** Parameter 6: the project has room, whatever its limit. */
const insertHome = `
  with home as (
    insert into homes (project_id, name, timezone, created_at)
    select id, $2::text, $3::text, $4::timestamptz from projects
    where id = $1 and (max_homes is null or $6::boolean)
    returning id
  )
  insert into home_members (home_id, user_id, role, created_at)
  select id, $5::bigint, 'owner', $4::timestamptz from home
  returning home_id::text as id`;

/** Where the project has a limit: those who make homes wait for each other, so that each counts the homes before. */
async function insertWithinLimit(db: Deps['db'], projectId: number, values: readonly unknown[]) {
  return db.transaction(async (tx) => {
    await holdRoom(tx, projectId);
    const [room] = await tx.execute<{ isFull: boolean }>(sql`
      select max_homes <= (select count(*) from homes where project_id = projects.id) as "isFull"
      from projects where id = ${projectId}`);
    if (room === undefined || room.isFull) throw new Failure('forbidden', { reason: 'EXCEEDED_MAX_HOMES' });
    return run<{ id: string }>(tx, insertHome, [...values, true]);
  });
}

/** POST /homes (mode-api 5.2): the caller becomes the owner. One statement, so a home without an owner never exists. */
export async function createHome(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<Home> {
  authorise('homes.create', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const createdAt = clock.now();
  const values = [
    principal.projectId,
    body.name,
    body.timezone ?? null,
    createdAt.toISOString(),
    principal.userId,
  ];
  const [made] = await run<{ id: string }>(db, insertHome, [...values, false]);
  const home = made ?? (await insertWithinLimit(db, principal.projectId, values))[0];
  if (home === undefined) throw new Failure('internal');
  bus.tellJoined(principal.userId);
  return toHome({
    id: Number(home.id),
    projectId: principal.projectId,
    createdAt,
    name: body.name,
    timezone: body.timezone ?? null,
    deactivated: false,
  });
}
