import { sql } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';

export interface Followed {
  thing: string;
  /** When its last report was taken in. */
  reportedAt: Date | null;
}

/** Things whose reports count, those that spoke last first. */
export async function listFollowed({ db }: Pick<Deps, 'db'>): Promise<Followed[]> {
  const rows = await db
    .select({ uuid: locks.uuid, reportedAt: locks.reportedAt })
    .from(locks)
    .orderBy(sql`${locks.reportedAt} desc nulls last`);
  return rows.map(({ uuid, reportedAt }) => ({ thing: lockThing(uuid), reportedAt }));
}
