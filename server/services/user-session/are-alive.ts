import { and, gt, isNull, or, sql } from 'drizzle-orm';
import { userSessions } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { gathered } from '../../db/gathered';
import { prepared } from '../../db/prepared';
import type { Deps } from '../deps';

const aliveByIds = prepared((db: Database) =>
  db
    .select({ id: userSessions.id })
    .from(userSessions)
    .where(
      and(
        // One parameter, whatever their number: one prepared statement serves all.
        sql`${userSessions.id} = any(${sql.placeholder('ids')}::uuid[])`,
        isNull(userSessions.revokedAt),
        or(isNull(userSessions.expiresAt), gt(userSessions.expiresAt, sql`now()`)),
      ),
    )
    .prepare('alive_sessions'),
);
const aliveById = gathered<true, string>(async (db, ids) =>
  (await aliveByIds(db).execute({ ids })).map(({ id }) => ({ key: id, row: true })),
);

/** Which of these sessions still are good. */
export async function areAlive({ db }: Pick<Deps, 'db'>, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await aliveByIds(db).execute({ ids: `{${ids.join(',')}}` });
  return new Set(rows.map(({ id }) => id));
}

/** Whether a session still is good; those asked for at the same moment are looked up together. */
export const isAlive = async ({ db }: Pick<Deps, 'db'>, id: string): Promise<boolean> =>
  (await aliveById(db, id)) === true;
