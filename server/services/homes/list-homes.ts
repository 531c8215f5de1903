import { and, asc, eq } from 'drizzle-orm';
import { homeMembers, homes, users } from '@/drizzle/schema';
import type { Home, listHomes as operation } from '../../contracts/homes';
import type { InputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { toHome } from './view';

/** GET /homes?userId= (mode-api 5.2): a user may ask for itself alone. */
export async function listHomes(
  { db }: Deps,
  { principal }: Caller,
  { query }: InputOf<typeof operation>,
): Promise<Home[]> {
  const [subject] = await db.select().from(users).where(eq(users.id, query.userId));
  authorise('homes.list', principal, {
    exists: subject !== undefined,
    subjectUserId: query.userId,
    ...(subject === undefined ? {} : { projectId: subject.projectId }),
  });
  if (subject?.verified !== true) return [];
  const rows = await db
    .select({ home: homes })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(and(eq(homeMembers.userId, query.userId), eq(homes.projectId, subject.projectId)))
    .orderBy(asc(homes.id));
  return rows.map((row) => toHome(row.home));
}
