import type { lockKeyCommands, lockPins } from '@/drizzle/schema';
import type { PinView } from '../../contracts/pins';
import { toTimestamp } from '../../contracts/values';
import { windowStanding } from '../../domain/access/standing';
import type { Window } from '../../domain/access/window';
import { toWireWindow } from '../../domain/access/wire-window';

export type PinRow = typeof lockPins.$inferSelect;
export type PinCommandRow = typeof lockKeyCommands.$inferSelect;

/** A code as those who manage the rights at its door see it, with where it stands at an instant. */
export function toPin(row: PinRow, at: Date, zone: string): PinView {
  const standing = windowStanding(row, at, zone, { withTimes: true });
  return {
    id: row.id,
    lockId: row.lockId,
    name: row.name,
    ...toWireWindow(row),
    state: row.state,
    isInLock: row.slot !== null,
    ...(row.error === null ? {} : { error: row.error }),
    standing: standing.state,
    ...(standing.state === 'open'
      ? standing.until && { openUntil: toTimestamp(standing.until) }
      : standing.next && { nextOpening: toTimestamp(standing.next) }),
    createdBy: { kind: row.createdByKind, id: row.createdById, name: row.createdByName },
    createdAt: toTimestamp(row.createdAt),
    ...(row.setAt === null ? {} : { setAt: toTimestamp(row.setAt) }),
  };
}

/** The window alone, as rows of codes hold it. */
export const windowOf = ({ validFrom, validUntil, weekdays, fromMinute, untilMinute }: Window): Window => ({
  validFrom,
  validUntil,
  weekdays,
  fromMinute,
  untilMinute,
});
