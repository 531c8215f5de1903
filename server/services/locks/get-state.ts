import { desc, eq } from 'drizzle-orm';
import { openings } from '@/drizzle/schema';
import type { getLockState as operation } from '../../contracts/lock-queries';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { type OpeningRow, toDoorReport } from './view';

function toLastOperation(row: OpeningRow) {
  const at = row.outcomeAt ?? row.acceptedAt ?? row.sentAt ?? row.createdAt;
  return {
    openingId: row.id,
    who: { kind: row.principalKind, id: row.principalId, name: row.principalName },
    status: row.status,
    at: toTimestamp(at),
  };
}

/** GET /locks/{id}/state (ours): what the lock last said of itself. */
export async function getState(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const lock = await authoriseLock(deps, 'locks.state', principal, params.id);
  const [last] = await deps.db
    .select()
    .from(openings)
    .where(eq(openings.lockId, lock.id))
    .orderBy(desc(openings.createdAt))
    .limit(1);
  const { bolt, ...report } = toDoorReport(lock);
  return {
    ...report,
    state: bolt,
    ...(lock.boltSince === null ? {} : { since: toTimestamp(lock.boltSince) }),
    ...(last === undefined ? {} : { lastOperation: toLastOperation(last) }),
  };
}
