import { and, eq } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { getLockOpening as operation } from '../../contracts/lock-queries';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import { authorise, isAllowed } from '../../domain/permissions';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { loadLock } from './load-lock';
import { type OpeningRow, toOpening } from './view';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * GET /locks/{id}/openings/{requestId} (ours): one's own opening by the requestId one gave it; by its id one's own, or
 * anybody's where one may read who opened the door. Raises `not_found` for what is neither.
 */
export async function getOpening(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { facts } = await loadLock(db, principal, params.id);
  authorise('locks.opening', principal, facts);
  const { kind, id } = identityOf(principal);
  const isMine = (row: OpeningRow) => row.principalKind === kind && row.principalId === id;
  const [mine] = await db
    .select()
    .from(openings)
    .where(
      and(
        eq(openings.lockId, params.id),
        eq(openings.principalKind, kind),
        eq(openings.principalId, id),
        eq(openings.requestId, params.requestId),
      ),
    );
  const [named] =
    mine !== undefined || !uuidShape.test(params.requestId)
      ? []
      : await db
          .select()
          .from(openings)
          .where(and(eq(openings.lockId, params.id), eq(openings.id, params.requestId)));
  const opening = mine ?? named;
  const maySee = opening !== undefined && (isMine(opening) || isAllowed('locks.openings', principal, facts));
  if (!maySee) throw new Failure('not_found');
  return {
    ...toOpening(opening),
    ...(opening.status === 'confirmed' && opening.outcomeAt !== null
      ? { confirmedAt: toTimestamp(opening.outcomeAt) }
      : {}),
  };
}
