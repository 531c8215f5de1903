import { and, desc, eq, gte, lt, sql } from 'drizzle-orm';
import { lockHistory as history } from '@/drizzle/schema';
import type { HistoryEntry, lockHistory as operation } from '../../contracts/lock-history';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { rangeEnd, rangeStart } from '../../domain/activity/calendar';
import { readPlaceText, toPlaceText } from '../activity/find-lines';
import type { Caller, Deps } from '../deps';
import { authoriseHistory } from './authorise-history';

const pageSize = 50;

/**
 * GET /locks/{id}/history (ours): what a lock reported in its home, change by change, newest first, for owners and
 * members. Raises `forbidden`, `not_found`, and `invalid` for a cursor that is none.
 */
export async function listHistory(
  deps: Pick<Deps, 'db' | 'clock'>,
  { principal }: Pick<Caller, 'principal'>,
  { params, query }: Pick<InputOf<typeof operation>, 'params' | 'query'>,
): Promise<OutputOf<typeof operation>> {
  const { lock, homeId, zone } = await authoriseHistory(deps, 'locks.history', principal, params.id);
  const { kind, from, until } = query;
  const place = readPlaceText(query.after);
  const rows = await deps.db
    .select()
    .from(history)
    .where(
      and(
        eq(history.lockId, lock.id),
        eq(history.homeId, homeId),
        kind === undefined ? undefined : eq(history.kind, kind),
        from === undefined ? undefined : gte(history.at, rangeStart(from, zone)),
        until === undefined ? undefined : lt(history.at, rangeEnd(until, zone)),
        place === undefined
          ? undefined
          : sql`(${history.at}, ${history.id}) < (${place.at}::timestamptz, ${Number(place.key.replace(/\D/g, ''))}::bigint)`,
      ),
    )
    .orderBy(desc(history.at), desc(history.id))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  return {
    items: items.map(
      (row) => ({ id: `h${row.id}`, at: toTimestamp(row.at), kind: row.kind, ...row.value }) as HistoryEntry,
    ),
    next:
      rows.length > pageSize && last !== undefined
        ? toPlaceText({ at: toTimestamp(last.at), key: `h${last.id}` })
        : null,
  };
}
