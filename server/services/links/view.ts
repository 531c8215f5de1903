import type { guestLinkDoors, guestLinks } from '@/drizzle/schema';
import type { TempKeyView } from '../../contracts/temp-keys';
import { toTimestamp } from '../../contracts/values';
import { type LinkState, linkStanding } from '../../domain/access/standing';
import { datesAt } from '../../domain/access/window';
import { toWireWindow } from '../../domain/access/wire-window';

export type LinkRow = typeof guestLinks.$inferSelect;
export type LinkDoorRow = typeof guestLinkDoors.$inferSelect;
export type LinkDoorNamed = LinkDoorRow & { name: string };

/** The part of a guest link that its rules look at. */
export const linkStateOf = (row: LinkRow): LinkState => ({ ...row, id: row.uuid });

/** What the record of openings calls a link. */
export const linkName = (row: Pick<LinkRow, 'label'>): string =>
  row.label === null ? 'guest link' : `guest link ${row.label}`;

function statusOf(row: LinkRow, at: Date): TempKeyView['status'] {
  const dates = datesAt(row, at);
  if (dates === 'expired') return 'expired';
  if (row.maxUses !== null && row.usedCount >= row.maxUses) return 'used-up';
  return dates;
}

/** A temporary key as those who manage it see it (lock-api 7); nothing in it opens a door. */
export function toTempKey(
  row: LinkRow,
  doors: readonly LinkDoorNamed[],
  at: Date,
  zone: string,
): TempKeyView {
  const standing = linkStanding(linkStateOf(row), at, zone, { withTimes: true });
  return {
    uuid: row.uuid,
    accessMode: row.accessMode,
    ...(row.allowedUserIds === null ? {} : { allowedUserIds: row.allowedUserIds }),
    ...(row.label === null ? {} : { label: row.label }),
    ...(row.description === null ? {} : { description: row.description }),
    ...toWireWindow(row),
    maxUses: row.maxUses,
    usedCount: row.usedCount,
    ...(row.lastUsedAt === null ? {} : { lastUsedAt: toTimestamp(row.lastUsedAt) }),
    status: statusOf(row, at),
    state: standing.state,
    ...(standing.state === 'open'
      ? standing.until && { openUntil: toTimestamp(standing.until) }
      : standing.next && { nextOpening: toTimestamp(standing.next) }),
    doors: doors.map(({ id, lockId, name, label, accessMethod }) => ({
      id,
      lockId,
      name,
      ...(label === null ? {} : { label }),
      accessMethod,
    })),
    createdBy: { kind: row.createdByKind, id: row.createdById, name: row.createdByName },
    createdAt: toTimestamp(row.createdAt),
  };
}
