import { isNull, sql } from 'drizzle-orm';
import { hubs, locks } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';

export interface Followed {
  thing: string;
  /** When its last report was taken in. */
  reportedAt: Date | null;
}

/** Things whose reports count, those that spoke last first: hubs, then locks. */
export async function listFollowed({ db }: Pick<Deps, 'db'>): Promise<Followed[]> {
  const ofHubs = await db
    .select({ thing: hubs.thingName, reportedAt: hubs.lastSeenAt })
    .from(hubs)
    .orderBy(sql`${hubs.lastSeenAt} desc nulls last`);
  const ofLocks = await db
    .select({ uuid: locks.uuid, reportedAt: locks.reportedAt })
    .from(locks)
    .where(isNull(locks.removedAt))
    .orderBy(sql`${locks.reportedAt} desc nulls last`);
  return [...ofHubs, ...ofLocks.map(({ uuid, reportedAt }) => ({ thing: lockThing(uuid), reportedAt }))];
}
