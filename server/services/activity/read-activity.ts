import { inArray } from 'drizzle-orm';
import { auditEntries, lockHistory, openings, refusals } from '@/drizzle/schema';
import type { ActivityEntry, RefusalCause } from '../../contracts/activity';
import { toTimestamp } from '../../contracts/values';
import type { Deps } from '../deps';
import { toOpening } from '../locks/view';
import { type FoundLine, findLines, type LineFilter, type LinePlace, toPlaceText } from './find-lines';
import { toToldEntry } from './told-entry';

/** The doors whose lines somebody may read, and what of them. */
export interface ActivityScope {
  homeId: number;
  zone: string;
  /** Names of the doors by id. */
  doors: ReadonlyMap<number, string>;
  /** A guest reads what this person did and nothing else. */
  onlyOfUser?: number;
  /** What staff did is told of the whole home, or at these doors alone; absent, to guests, not at all. */
  staff?: 'home' | 'doors';
  /** Network addresses are for owners. */
  withAddresses: boolean;
}

export interface ActivityPage {
  items: ActivityEntry[];
  next: string | null;
}

const given = <Name extends string>(name: Name, value: string | null) =>
  (value === null ? {} : { [name]: value }) as { [Key in Name]?: string };

/** What stands before the number of a line, so that ids of different tables differ. */
const marks: Record<FoundLine['kind'], string> = { opening: '', refusal: 'r', staff: 's', told: 'h' };

async function load(
  { db }: Pick<Deps, 'db'>,
  scope: ActivityScope,
  lines: readonly FoundLine[],
): Promise<ActivityEntry[]> {
  const idsOf = (kind: FoundLine['kind']) => lines.filter((line) => line.kind === kind).map(({ id }) => id);
  const [opened, refused] = [idsOf('opening'), idsOf('refusal').map(Number)];
  const deeds = idsOf('staff').map(Number);
  const told = idsOf('told').map(Number);
  const [openingRows, refusalRows, deedRows, toldRows] = await Promise.all([
    opened.length === 0 ? [] : db.select().from(openings).where(inArray(openings.id, opened)),
    refused.length === 0 ? [] : db.select().from(refusals).where(inArray(refusals.id, refused)),
    deeds.length === 0 ? [] : db.select().from(auditEntries).where(inArray(auditEntries.id, deeds)),
    told.length === 0 ? [] : db.select().from(lockHistory).where(inArray(lockHistory.id, told)),
  ]);
  const address = (value: string | null) => (scope.withAddresses ? given('address', value) : {});
  const entries = new Map<string, ActivityEntry>();
  for (const row of openingRows) {
    entries.set(row.id, {
      kind: 'opening',
      ...toOpening(row),
      lockName: scope.doors.get(row.lockId) ?? '',
      ...address(row.address),
    });
  }
  for (const row of refusalRows) {
    entries.set(`r${row.id}`, {
      kind: 'refusal',
      id: `r${row.id}`,
      lockId: row.lockId,
      lockName: scope.doors.get(row.lockId) ?? '',
      who: { kind: row.principalKind, id: row.principalId, name: row.principalName },
      via: row.via,
      cause: row.cause as RefusalCause,
      ...given('requestId', row.requestId),
      ...address(row.address),
      createdAt: toTimestamp(row.createdAt),
    });
  }
  for (const row of deedRows) {
    const door = row.subjectKind === 'lock' ? scope.doors.get(Number(row.subjectId)) : undefined;
    entries.set(`s${row.id}`, {
      kind: 'staff',
      id: `s${row.id}`,
      who: { kind: row.actorKind, id: row.actorId, name: row.actorName },
      action: row.action,
      ...given('reason', row.reason),
      ...(door === undefined ? {} : { lockName: door }),
      createdAt: toTimestamp(row.createdAt),
    });
  }
  for (const row of toldRows) entries.set(`h${row.id}`, toToldEntry(row, scope.doors.get(row.lockId) ?? ''));
  return lines.flatMap(({ kind, id }) => entries.get(`${marks[kind]}${id}`) ?? []);
}

/** One page of what a scope holds, newest first. Whoever calls has asked the permission table. */
export async function readActivity(
  deps: Pick<Deps, 'db'>,
  scope: ActivityScope,
  filter: LineFilter,
  place: LinePlace | undefined,
  size: number,
): Promise<ActivityPage & { end: LinePlace | undefined }> {
  const own = scope.onlyOfUser;
  const isForeign =
    own !== undefined &&
    filter.who !== undefined &&
    (filter.who.kind !== 'user' || filter.who.id !== String(own));
  if (isForeign) return { items: [], next: null, end: undefined };
  const asked = own === undefined ? filter : { ...filter, who: { kind: 'user', id: String(own) } };
  const lockIds = [...scope.doors.keys()];
  const found = await findLines(
    deps,
    { homeId: scope.homeId, lockIds, staff: scope.staff },
    asked,
    place,
    size + 1,
  );
  const lines = found.slice(0, size);
  const end = found.length > size ? lines.at(-1)?.place : undefined;
  return {
    items: await load(deps, scope, lines),
    next: end === undefined ? null : toPlaceText(end),
    end,
  };
}
