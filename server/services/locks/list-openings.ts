import { and, desc, eq, sql } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { OpeningView } from '../../contracts/locks';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadLock } from './load-lock';
import { toOpening } from './view';

const pageSize = 20;

const readPlace = (cursor: string): { createdAt: string; id: string } | undefined => {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f-]{36})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  );
  return match === null ? undefined : { createdAt: match[1] as string, id: match[2] as string };
};

/** GET /locks/{id}/openings (ours): who asked for the door and what came of it, newest first. */
export async function listOpenings(
  { db }: Deps,
  principal: Principal,
  { id, after }: { id: number; after?: string | undefined },
): Promise<{ items: OpeningView[]; next: string | null }> {
  const { facts } = await loadLock(db, principal, id);
  authorise('locks.openings', principal, facts);
  const place = after === undefined ? undefined : readPlace(after);
  if (after !== undefined && place === undefined) throw invalidField('after', 'is no cursor of this list');
  const rows = await db
    .select()
    .from(openings)
    .where(
      and(
        eq(openings.lockId, id),
        place === undefined
          ? undefined
          : sql`(${openings.createdAt}, ${openings.id}) < (${place.createdAt}::timestamptz, ${place.id}::uuid)`,
      ),
    )
    .orderBy(desc(openings.createdAt), desc(openings.id))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  const isMore = rows.length > pageSize && last !== undefined;
  return {
    items: items.map(toOpening),
    next: isMore ? Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url') : null,
  };
}
