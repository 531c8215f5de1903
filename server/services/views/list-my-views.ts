import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import { homeMembers, homes, homeViews, users } from '@/drizzle/schema';
import type { MyViews } from '../../contracts/views';
import { toCursor } from '../../domain/cursor';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { openStatuses, toHomeView } from './view';

/** GET /userSession/views: what staff ask for, or have, at the homes that the caller owns. */
export async function listMyViews(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
): Promise<MyViews> {
  authorise('userSession.views', principal);
  const userId = principal.kind === 'user' ? principal.userId : 0;
  const owned = await db
    .select({ id: homes.id, name: homes.name, timezone: homes.timezone, position: homes.position })
    .from(homeMembers)
    .innerJoin(users, and(eq(users.id, homeMembers.userId), eq(users.verified, true)))
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .where(and(eq(homeMembers.userId, userId), eq(homeMembers.role, 'owner')))
    .orderBy(asc(homes.id));
  const ofHome = new Map(
    owned.map(({ id, name, timezone }) => [
      id,
      { homeName: name, ...(timezone === null ? {} : { timezone }) },
    ]),
  );
  const now = clock.now();
  const rows = await db
    .select()
    .from(homeViews)
    .where(
      and(
        inArray(homeViews.homeId, [...ofHome.keys()]),
        inArray(homeViews.status, [...openStatuses]),
        gt(homeViews.expiresAt, now),
      ),
    )
    .orderBy(asc(homeViews.askedAt), asc(homeViews.id));
  return {
    items: rows.map((row) => ({ ...toHomeView(row, now), homeName: '', ...ofHome.get(row.homeId) })),
    homes: owned.map(({ id, position }) => ({ homeId: id, cursor: toCursor(id, position) })),
  };
}
