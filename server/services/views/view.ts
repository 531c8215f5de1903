import { and, eq, inArray, lte } from 'drizzle-orm';
import { homeViews } from '@/drizzle/schema';
import { toTimestamp } from '../../contracts/values';
import type { HomeView } from '../../contracts/views';
import type { Executor } from '../../db/client';

export type HomeViewRow = typeof homeViews.$inferSelect;

/** Statuses in which something may still come of a look. */
export const openStatuses = ['asked', 'granted'] as const;

/** A look as people and staff see it: one whose time has passed is over, whether or not anybody has noted it. */
export function toHomeView(row: HomeViewRow, now: Date): HomeView {
  const isOver = (row.status === 'asked' || row.status === 'granted') && row.expiresAt <= now;
  return {
    id: row.id,
    homeId: row.homeId,
    staffName: row.staffName,
    reason: row.reason,
    minutes: row.minutes,
    status: isOver ? 'expired' : row.status,
    askedAt: toTimestamp(row.askedAt),
    ...(row.decidedAt === null ? {} : { decidedAt: toTimestamp(row.decidedAt) }),
    expiresAt: toTimestamp(row.expiresAt),
    ...(row.endedAt === null ? {} : { endedAt: toTimestamp(row.endedAt) }),
  };
}

/** Notes looks of a home whose time has passed. */
export async function closePassed(executor: Executor, homeId: number, now: Date): Promise<void> {
  await executor
    .update(homeViews)
    .set({ status: 'expired' })
    .where(
      and(
        eq(homeViews.homeId, homeId),
        inArray(homeViews.status, [...openStatuses]),
        lte(homeViews.expiresAt, now),
      ),
    );
}

/** A look of a home, held until the transaction ends. */
export async function holdView(
  executor: Executor,
  homeId: number,
  viewId: string,
): Promise<HomeViewRow | undefined> {
  const [row] = await executor
    .select()
    .from(homeViews)
    .where(and(eq(homeViews.id, viewId), eq(homeViews.homeId, homeId)))
    .for('update');
  return row;
}
