import { and, eq } from 'drizzle-orm';
import { commissionings } from '@/drizzle/schema';
import type { getCommissioning as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { isHubId, loadHub } from '../hubs/load-hub';
import { toCommissioning } from '../hubs/view';

/** GET /hubs/{id}/commissionings/{commissioningId} (ours). */
export async function getCommissioning(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.commissioning', principal, facts);
  if (hub === undefined || !isHubId(params.commissioningId)) throw new Failure('not_found');
  const [row] = await db
    .select()
    .from(commissionings)
    .where(and(eq(commissionings.id, params.commissioningId), eq(commissionings.hubId, hub.id)));
  if (row === undefined || (hub.homeId !== null && row.homeId !== hub.homeId)) throw new Failure('not_found');
  return toCommissioning(row);
}
