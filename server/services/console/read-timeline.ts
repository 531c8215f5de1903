import type { LineKind, readTimeline as operation } from '../../contracts/console';
import { lineKinds } from '../../contracts/console-words';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { invalidField } from '../../domain/errors';
import { readPlaceText, type TimelinePlace } from '../../domain/timeline-place';
import type { Caller, Deps } from '../deps';
import { loadSupportedHome } from './load-supported';
import { lookAtHome } from './look-at-home';
import { type TimelineRow, toLine } from './timeline-line';
import { positionAt, type Stretch, timelineQuery } from './timeline-sql';

/** Lines of a page; of the lines around a moment half as many on each side. */
const pageSize = 50;

function readKinds(given: string | undefined): ReadonlySet<LineKind> {
  if (given === undefined || given === '') return new Set(lineKinds);
  const kinds = given.split(',').map((name) => {
    const kind = lineKinds.find((one) => one === name);
    if (kind === undefined) throw invalidField('kinds', `must be among ${lineKinds.join(', ')}`);
    return kind;
  });
  return new Set(kinds);
}

type Side = { items: OutputOf<typeof operation>['items']; hasMore: boolean };

/**
 * GET /staff/homes/{homeId}/timeline: the newest lines, those before or after a line, or those around a moment; always
 * newest first. Raises `not_found` across projects, `invalid` for cursors and kinds that are none.
 */
export async function readTimeline(
  deps: Deps,
  { principal, address }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db } = deps;
  const { home, staff } = await loadSupportedHome(db, 'staff.timeline', principal, params.homeId);
  const kinds = readKinds(query.kinds);
  await db.transaction((tx) => lookAtHome(deps, tx, { staff, address }, home));

  const read = async (
    side: Stretch['side'],
    place: TimelinePlace | undefined,
    size: number,
  ): Promise<Side> => {
    const [found] =
      place === undefined ? [] : await db.execute<{ position: string }>(positionAt(home.id, place.at));
    const position = found === undefined ? undefined : Number(found.position);
    const statement = timelineQuery({ homeId: home.id, kinds, side, place, position, most: size + 1 });
    if (statement === undefined) return { items: [], hasMore: false };
    const rows = await db.execute<TimelineRow>(statement);
    const lines = rows.slice(0, size).map(toLine);
    return { items: side === 'older' ? lines : lines.reverse(), hasMore: rows.length > size };
  };

  if (query.at !== undefined) {
    // No line has such an id: the place lies after every line of its millisecond.
    const place = { at: new Date(query.at).toISOString(), id: '~' };
    const [older, newer] = await Promise.all([
      read('older', place, pageSize / 2),
      read('newer', place, pageSize / 2),
    ]);
    return { items: [...newer.items, ...older.items], hasOlder: older.hasMore, hasNewer: newer.hasMore };
  }
  if (query.after !== undefined) {
    const { items, hasMore } = await read('newer', readPlaceText(query.after, 'after'), pageSize);
    return { items, hasOlder: true, hasNewer: hasMore };
  }
  const place = query.before === undefined ? undefined : readPlaceText(query.before, 'before');
  const { items, hasMore } = await read('older', place, pageSize);
  return { items, hasOlder: hasMore, hasNewer: query.before !== undefined };
}
