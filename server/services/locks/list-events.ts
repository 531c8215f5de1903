import type { listLockEvents as operation } from '../../contracts/locks';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { loadEvents } from '../../event-store/load';
import type { Caller, Deps } from '../deps';
import { loadLock } from './load-lock';

const pageSize = 10;

/** GET /locks/{id}/events (lock-api 7): ten a page, newest first page by default. */
export async function listEvents(
  { db }: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { lock, facts } = await loadLock(db, principal, params.id);
  authorise('locks.events', principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  const page = query.page ?? 1;
  const events = await loadEvents(db, 'lock', String(lock.id), {
    limit: pageSize,
    offset: (page - 1) * pageSize,
  });
  return {
    aggregateId: String(lock.id),
    totalEvents: lock.version,
    page,
    pageSize,
    totalPages: Math.ceil(lock.version / pageSize),
    events: events.map((stored) => ({
      aggregateType: stored.aggregateType,
      aggregateId: stored.aggregateId,
      version: stored.version,
      type: stored.type,
      timestamp: toTimestamp(stored.createdAt),
      ...(stored.orgId === null ? {} : { orgId: stored.orgId }),
      event: stored.data,
    })),
  };
}
