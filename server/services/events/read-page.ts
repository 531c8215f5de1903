import { and, desc, eq, gte, lt, type SQL } from 'drizzle-orm';
import { deviceEvents } from '@/drizzle/schema/by-hand/device-events';
import { RawJson } from '../../contracts/operation';
import type { Database } from '../../db/client';
import { readCursor, toCursor } from '../../domain/cursor';
import { invalidField } from '../../domain/errors';

const pageSize = 50;

export interface EventQuery {
  after?: string | undefined;
  type?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * One page of a home's events, newest first, as JSON text: the bodies leave letter for letter as apps got them. The
 * order is that of the home's log, which no clock can disturb. `of` narrows the home's events further. Raises `invalid`
 * for a cursor of another list.
 */
export async function readEventPage(
  db: Database,
  homeId: number,
  query: EventQuery,
  of?: SQL,
): Promise<RawJson> {
  const place = query.after === undefined ? undefined : readCursor(query.after);
  if (query.after !== undefined && place?.homeId !== homeId)
    throw invalidField('after', 'is no cursor of this list');
  const rows = await db
    .select({ position: deviceEvents.position, body: deviceEvents.body })
    .from(deviceEvents)
    .where(
      and(
        eq(deviceEvents.homeId, homeId),
        of,
        query.type === undefined ? undefined : eq(deviceEvents.eventType, query.type),
        query.from === undefined ? undefined : gte(deviceEvents.createdAt, new Date(query.from)),
        query.to === undefined ? undefined : lt(deviceEvents.createdAt, new Date(query.to)),
        place === undefined ? undefined : lt(deviceEvents.position, place.position),
      ),
    )
    .orderBy(desc(deviceEvents.position))
    .limit(pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  const next = rows.length > pageSize && last !== undefined ? toCursor(homeId, last.position) : null;
  const items = shown.map(({ position, body }) => `{"id":"${homeId}-${position}",${body.slice(1)}`);
  return new RawJson(`{"items":[${items.join(',')}],"next":${JSON.stringify(next)}}`);
}
