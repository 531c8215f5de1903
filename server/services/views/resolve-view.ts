import { and, eq } from 'drizzle-orm';
import { homeMembers, homeViews, users } from '@/drizzle/schema';
import { noSession, type StaffPrincipal, type UserPrincipal, worksFor } from '../../domain/principal';
import { dashboardApp } from '../auth/create-session';
import type { Deps } from '../deps';

/** A look that may be used now: through whose eyes, at which home, and until when. */
export interface UsableView {
  principal: UserPrincipal;
  homeId: number;
  homeProjectId: number;
  expiresAt: Date;
}

/**
 * What a granted look is worth to a staff account, asked anew with every request: the eyes of the owner who granted it,
 * for as long as that person owns the home. Undefined: nothing, for whatever reason.
 */
export async function resolveView(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  staff: StaffPrincipal,
  viewId: string,
): Promise<UsableView | undefined> {
  const [row] = await db
    .select({ view: homeViews, user: users })
    .from(homeViews)
    .innerJoin(users, eq(users.id, homeViews.decidedBy))
    .innerJoin(
      homeMembers,
      and(
        eq(homeMembers.homeId, homeViews.homeId),
        eq(homeMembers.userId, users.id),
        eq(homeMembers.role, 'owner'),
      ),
    )
    .where(
      and(
        eq(homeViews.id, viewId),
        eq(homeViews.accountId, staff.accountId),
        eq(homeViews.status, 'granted'),
        eq(users.verified, true),
      ),
    );
  if (row === undefined || row.view.expiresAt <= clock.now()) return undefined;
  if (!worksFor(staff, row.user.projectId)) return undefined;
  return {
    principal: {
      kind: 'user',
      userId: row.user.id,
      sessionId: noSession,
      projectId: row.user.projectId,
      appId: dashboardApp,
      name: row.user.name ?? row.user.email ?? row.user.phoneNumber ?? '',
      view: { id: viewId, staffId: staff.accountId, staffName: staff.name },
    },
    homeId: row.view.homeId,
    homeProjectId: row.user.projectId,
    expiresAt: row.view.expiresAt,
  };
}
