import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { locks, projects } from '@/drizzle/schema';
import type { LockView, listDoors as operation } from '../../contracts/locks';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { readDoors } from './list-doors';
import type { LockRow } from './load-lock';
import { toDoorReport } from './view';

const pageSize = 50;

const toCursor = (id: number): string => Buffer.from(`lock ${id}`).toString('base64url');
function readCursor(cursor: string): number {
  const match = /^lock (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) throw invalidField('after', 'is no cursor of this list');
  return Number(match[1]);
}

const toLock = (row: LockRow, orgId: string | null): LockView => ({
  ...toDoorReport(row),
  uuid: row.uuid,
  name: row.name,
  gesture: row.gesture,
  version: row.version,
  ...(row.serialNumber === null ? {} : { serialNumber: row.serialNumber }),
  ...(row.vendorName === null ? {} : { vendorName: row.vendorName }),
  ...(orgId === null ? {} : { orgId }),
  ...(row.homeId === null ? {} : { homeId: row.homeId }),
  ...(row.hubId === null ? {} : { hubId: row.hubId }),
  ...(row.ownerId === null ? {} : { ownerId: String(row.ownerId) }),
});

/**
 * GET /locks (ours): to a person the doors of all homes, in one piece; to a key the locks of its organisation, to a super
 * key all there are, by id in pages of 50. Raises `invalid` for a cursor that is none.
 */
export async function listLocks(
  { db }: Deps,
  caller: Caller,
  { query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { principal } = caller;
  authorise('locks.list', principal);
  const { homeId, after } = query ?? {};
  const place = after === undefined ? undefined : readCursor(after);
  if (principal.kind === 'user') {
    const doors = await readDoors(db, caller);
    return { items: doors.filter((door) => homeId === undefined || door.homeId === homeId), next: null };
  }
  const projectId = projectOf(principal);
  const rows = await db
    .select({ lock: locks, orgId: projects.uuid })
    .from(locks)
    .leftJoin(projects, eq(projects.id, locks.projectId))
    .where(
      and(
        isNull(locks.removedAt),
        projectId === undefined ? undefined : eq(locks.projectId, projectId),
        homeId === undefined ? undefined : eq(locks.homeId, homeId),
        place === undefined ? undefined : gt(locks.id, place),
      ),
    )
    .orderBy(asc(locks.id))
    .limit(pageSize + 1);
  const items = rows.slice(0, pageSize);
  const last = items.at(-1);
  return {
    items: items.map(({ lock, orgId }) => toLock(lock, orgId)),
    next: rows.length > pageSize && last !== undefined ? toCursor(last.lock.id) : null,
  };
}
