import { and, desc, eq, inArray } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { Deps } from '../deps';
import type { OpeningRow } from '../locks/view';
import type { Visit } from './find-visit';

/** What came of a guest's own request; undefined: this link made none of that name. Other people's are never shown. */
export async function followOpening(
  { db }: Pick<Deps, 'db'>,
  visit: Visit,
  requestId: string,
): Promise<OpeningRow | undefined> {
  const [row] = await db
    .select()
    .from(openings)
    .where(
      and(
        inArray(
          openings.lockId,
          visit.doors.map(({ lock }) => lock.id),
        ),
        eq(openings.principalKind, 'guestLink'),
        eq(openings.principalId, visit.link.uuid),
        eq(openings.requestId, requestId),
      ),
    )
    .orderBy(desc(openings.createdAt))
    .limit(1);
  return row;
}

const fewLast = 5;

/** What this link was last used for, newest first: its own openings and nobody else's. */
export const lastOpenings = ({ db }: Pick<Deps, 'db'>, visit: Visit): Promise<OpeningRow[]> =>
  db
    .select()
    .from(openings)
    .where(
      and(
        inArray(
          openings.lockId,
          visit.doors.map(({ lock }) => lock.id),
        ),
        eq(openings.principalKind, 'guestLink'),
        eq(openings.principalId, visit.link.uuid),
      ),
    )
    .orderBy(desc(openings.createdAt))
    .limit(fewLast);
