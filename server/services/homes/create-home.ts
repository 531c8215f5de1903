import { count, eq, sql } from 'drizzle-orm';
import { homes, projects } from '@/drizzle/schema';
import type { Home, createHome as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { toHome } from './view';

const quota = prepared((db: Database) =>
  db
    .select({ maxHomes: projects.maxHomes })
    .from(projects)
    .where(eq(projects.id, sql.placeholder('projectId')))
    .prepare('home_quota'),
);

/** POST /homes (mode-api 5.2): the caller becomes the owner. One statement, so a home without an owner never exists. */
export async function createHome(
  { db, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<Home> {
  authorise('homes.create', principal);
  if (principal.kind !== 'user') throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  const [project] = await quota(db).execute({ projectId: principal.projectId });
  if (project?.maxHomes != null) {
    const [total] = await db
      .select({ count: count() })
      .from(homes)
      .where(eq(homes.projectId, principal.projectId));
    if ((total?.count ?? 0) >= project.maxHomes)
      throw new Failure('forbidden', { reason: 'EXCEEDED_MAX_HOMES' });
  }
  const createdAt = clock.now();
  const rows = await db.execute<{ id: string }>(sql`
    with home as (
      insert into homes (project_id, name, timezone, created_at)
      values (${principal.projectId}, ${body.name}, ${body.timezone ?? null}, ${createdAt.toISOString()})
      returning id
    )
    insert into home_members (home_id, user_id, role, created_at)
    select id, ${principal.userId}::bigint, 'owner', ${createdAt.toISOString()}::timestamptz from home
    returning home_id::text as id`);
  return toHome({
    id: Number(rows[0]?.id),
    projectId: principal.projectId,
    createdAt,
    name: body.name,
    timezone: body.timezone ?? null,
    deactivated: false,
  });
}
