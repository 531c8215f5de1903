import { and, desc, eq, sql } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import type { listCommissionings as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHub } from '../hubs/load-hub';
import { toCommissioning } from '../hubs/view';

const pageSize = 20;

const readPlace = (cursor: string): { createdAt: string; id: string } | undefined => {
  const match =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(
      Buffer.from(cursor, 'base64url').toString(),
    );
  return match === null ? undefined : { createdAt: match[1] as string, id: match[2] as string };
};

/** GET /hubs/{id}/commissionings (ours): what was tried with a hub and what came of it, newest first. */
export async function listCommissionings(
  { db }: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.commissionings', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  const place = query.after === undefined ? undefined : readPlace(query.after);
  if (query.after !== undefined && place === undefined)
    throw invalidField('after', 'is no cursor of this list');
  const rows = await db
    .select()
    .from(commissionings)
    .where(
      and(
        eq(commissionings.hubId, hub.id),
        // Attempts of the home that the hub stood in before are not this home's.
        hub.homeId === null ? undefined : eq(commissionings.homeId, hub.homeId),
        place === undefined
          ? undefined
          : sql`(${commissionings.createdAt}, ${commissionings.id}) < (${place.createdAt}::timestamptz, ${place.id}::uuid)`,
      ),
    )
    .orderBy(desc(commissionings.createdAt), desc(commissionings.id))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  const isMore = rows.length > pageSize && last !== undefined;
  return {
    items: items.map(toCommissioning),
    next: isMore ? Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url') : null,
  };
}
