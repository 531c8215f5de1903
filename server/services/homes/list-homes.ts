import { and, asc, count, eq } from 'drizzle-orm';
import { homeMembers, homes, projects, users } from '@/drizzle/schema';
import type { Home, listHomes as operation } from '../../contracts/homes';
import { type InputOf, Ranged } from '../../contracts/operation';
import { foundIn } from '../../db/search';
import { missingField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { toHome } from './view';

type Query = InputOf<typeof operation>['query'];

const usualLimit = 25;

async function ofUser(
  { db }: Deps,
  principal: Principal,
  userId: number,
  { skip, limit }: Query,
): Promise<Home[] | Ranged<Home[]>> {
  const [subject] = await db.select().from(users).where(eq(users.id, userId));
  authorise('homes.list', principal, {
    exists: subject !== undefined,
    subjectUserId: userId,
    ...(subject === undefined ? {} : { projectId: subject.projectId }),
  });
  if (subject?.verified !== true) return [];
  const rows = await db
    .select({ home: homes })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(and(eq(homeMembers.userId, userId), eq(homes.projectId, subject.projectId)))
    .orderBy(asc(homes.id));
  const found = rows.map((row) => toHome(row.home));
  if (skip === undefined && limit === undefined) return found;
  const from = skip ?? 0;
  return new Ranged(found.slice(from, from + (limit ?? usualLimit)), from, found.length);
}

async function ofProject(
  { db }: Deps,
  principal: Principal,
  projectId: number,
  { search, skip = 0, limit = usualLimit }: Query,
) {
  const [project] = await db.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId));
  authorise('homes.list', principal, { exists: project !== undefined, projectId });
  const wanted = and(eq(homes.projectId, projectId), foundIn([homes.name], search));
  const [total] = await db.select({ count: count() }).from(homes).where(wanted);
  const rows = await db.select().from(homes).where(wanted).orderBy(asc(homes.id)).limit(limit).offset(skip);
  return new Ranged(rows.map(toHome), skip, total?.count ?? 0);
}

/**
 * GET /homes?userId= (mode-api 5.2): all homes of a user, or a page of them where one is asked for; a
 * user may ask for itself alone. Project keys may ask with
 * `projectId` for the homes of their project, by pages and search words (mode-api 10).
 */
export async function listHomes(
  deps: Deps,
  { principal }: Caller,
  { query }: InputOf<typeof operation>,
): Promise<Home[] | Ranged<Home[]>> {
  if (query.userId !== undefined) return ofUser(deps, principal, query.userId, query);
  if (principal.kind !== 'projectKey' || query.projectId === undefined) throw missingField('userId');
  return ofProject(deps, principal, query.projectId, query);
}
