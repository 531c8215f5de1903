import type { lockGrants } from '@/drizzle/schema';
import type { GrantView } from '../../contracts/access';
import { toTimestamp } from '../../contracts/values';
import { windowStanding } from '../../domain/access/standing';
import { toWireWindow } from '../../domain/access/wire-window';

export type GrantRow = typeof lockGrants.$inferSelect;

/** A grant as the owners of its home see it, with where it stands at an instant. */
export function toGrant(row: GrantRow, name: string, at: Date, zone: string): GrantView {
  const standing = windowStanding(row, at, zone, { withTimes: true });
  return {
    id: row.id,
    lockId: row.lockId,
    userId: row.userId,
    name,
    ...toWireWindow(row),
    ...(row.note === null ? {} : { note: row.note }),
    state: standing.state,
    ...(standing.state === 'open'
      ? standing.until && { openUntil: toTimestamp(standing.until) }
      : standing.next && { nextOpening: toTimestamp(standing.next) }),
    grantedBy: { kind: row.grantedByKind, id: row.grantedById, name: row.grantedByName },
    createdAt: toTimestamp(row.createdAt),
  };
}

/** What a person is called where people are listed. */
export const personName = (user: { id: number; name: string | null; email: string | null }): string =>
  user.name ?? user.email ?? `user ${user.id}`;
