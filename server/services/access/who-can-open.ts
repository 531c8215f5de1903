import { and, asc, eq, isNotNull, isNull } from 'drizzle-orm';
import {
  guestLinkDoors,
  guestLinks,
  homeMembers,
  lockGrants,
  lockKeys,
  lockPins,
  orgKeys,
  users,
} from '@/drizzle/schema';
import type { AccessLine, whoCanOpen as operation } from '../../contracts/access';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import type { Database } from '../../db/client';
import { type Access, decideAccess } from '../../domain/access/decide-access';
import { grantsStanding, linkStanding, windowStanding } from '../../domain/access/standing';
import { toWireWindow } from '../../domain/access/wire-window';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { personName } from '../grants/view';
import type { HomeRow } from '../homes/view';
import { linkName, linkStateOf } from '../links/view';
import { type LockRow, loadLock } from '../locks/load-lock';

type Answer = Pick<AccessLine, 'allowed' | 'reason' | 'until' | 'next'>;

/** A decision as the wire tells it. */
export const toAnswer = (access: Access): Answer => ({
  allowed: access.allowed,
  reason: access.reason,
  ...(access.allowed
    ? access.until && { until: toTimestamp(access.until) }
    : access.next && { next: toTimestamp(access.next) }),
});

const withTimes = { withTimes: true };

/** Links that a revocation has not ended, with where each stands. */
async function linkLines(
  db: Database,
  lock: LockRow,
  home: HomeRow | undefined,
  at: Date,
): Promise<AccessLine[]> {
  const rows = await db
    .select({ link: guestLinks })
    .from(guestLinkDoors)
    .innerJoin(guestLinks, eq(guestLinks.uuid, guestLinkDoors.linkUuid))
    .where(and(eq(guestLinkDoors.lockId, lock.id), isNull(guestLinks.revokedAt)))
    .orderBy(asc(guestLinks.createdAt), asc(guestLinks.uuid))
    .limit(200);
  const { zone } = zoneOf(home?.timezone);
  return rows.map(({ link }) => ({
    kind: 'link',
    id: link.uuid,
    name: linkName(link),
    ...toAnswer(
      decideAccess('guestLink', {
        deactivated: home?.deactivated ?? false,
        standing: linkStanding(linkStateOf(link), at, zone, withTimes),
      }),
    ),
    window: toWireWindow(link),
    uses: { used: link.usedCount, most: link.maxUses },
  }));
}

/** PIN codes that the lock has: a keypad asks nobody, so that a home which is switched off does not stop them. */
async function pinLines(
  db: Database,
  lock: LockRow,
  home: HomeRow | undefined,
  at: Date,
): Promise<AccessLine[]> {
  const rows = await db
    .select()
    .from(lockPins)
    .where(and(eq(lockPins.lockId, lock.id), isNull(lockPins.removedAt), isNotNull(lockPins.slot)))
    .orderBy(asc(lockPins.createdAt), asc(lockPins.id));
  const { zone } = zoneOf(home?.timezone);
  return rows.map((pin) => {
    const standing = windowStanding(pin, at, zone, withTimes);
    const access: Access =
      standing.state === 'open'
        ? {
            allowed: true,
            reason: pin.state === 'removing' ? 'pin-removing' : 'pin',
            ...(standing.until === undefined ? {} : { until: standing.until }),
          }
        : {
            allowed: false,
            reason: standing.state,
            ...(standing.next === undefined ? {} : { next: standing.next }),
          };
    return { kind: 'pin', id: pin.id, name: pin.name, ...toAnswer(access), window: toWireWindow(pin) };
  });
}

async function personLines(
  db: Database,
  lock: LockRow,
  home: HomeRow | undefined,
  at: Date,
  onlyUserId: number | undefined,
): Promise<AccessLine[]> {
  const isAsked = (userId: number) => onlyUserId === undefined || userId === onlyUserId;
  const { zone } = zoneOf(home?.timezone);
  const deactivated = home?.deactivated ?? false;
  const members =
    home === undefined
      ? []
      : await db
          .select({ user: users, role: homeMembers.role })
          .from(homeMembers)
          .innerJoin(users, eq(users.id, homeMembers.userId))
          .where(eq(homeMembers.homeId, home.id))
          .orderBy(asc(homeMembers.createdAt), asc(homeMembers.userId));
  const grants = await db
    .select({ grant: lockGrants, user: users })
    .from(lockGrants)
    .innerJoin(users, eq(users.id, lockGrants.userId))
    .where(and(eq(lockGrants.lockId, lock.id), isNull(lockGrants.revokedAt)))
    .orderBy(asc(lockGrants.createdAt), asc(lockGrants.id));
  const holders = await db
    .selectDistinct({ user: users })
    .from(lockKeys)
    .innerJoin(users, eq(users.id, lockKeys.userId))
    .where(eq(lockKeys.lockId, lock.id))
    .orderBy(asc(users.id));
  const [owner] =
    lock.ownerId === null ? [] : await db.select().from(users).where(eq(users.id, lock.ownerId));
  const isHolder = (userId: number) => holders.some(({ user }) => user.id === userId);
  const roleOf = (userId: number) => members.find(({ user }) => user.id === userId)?.role;

  const lines: AccessLine[] = members
    .filter(({ user }) => isAsked(user.id))
    .map(({ user, role }) => {
      const own = grants.filter(({ grant }) => grant.userId === user.id).map(({ grant }) => grant);
      const facts = {
        role,
        deactivated,
        isUnverified: !user.verified,
        isLockOwner: lock.ownerId === user.id,
        isKeyHolder: isHolder(user.id),
        standing: grantsStanding(own, at, zone, withTimes),
      };
      return {
        kind: 'member',
        id: String(user.id),
        name: personName(user),
        role,
        ...toAnswer(decideAccess('user', facts)),
      };
    });
  if (owner !== undefined && isAsked(owner.id)) {
    const access = decideAccess('user', { isLockOwner: true, isUnverified: !owner.verified, deactivated });
    lines.push({ kind: 'lock-owner', id: String(owner.id), name: personName(owner), ...toAnswer(access) });
  }
  for (const { user } of holders) {
    if (!isAsked(user.id)) continue;
    const access = decideAccess('user', { isKeyHolder: true, isUnverified: !user.verified, deactivated });
    lines.push({ kind: 'key-holder', id: String(user.id), name: personName(user), ...toAnswer(access) });
  }
  for (const { grant, user } of grants) {
    if (!isAsked(user.id)) continue;
    // A grant counts where nothing stronger does: it is shown by itself, as a guest's right.
    const access = decideAccess('user', {
      role: roleOf(user.id) === undefined ? undefined : 'guest',
      isUnverified: !user.verified,
      deactivated,
      standing: grantsStanding([grant], at, zone, withTimes),
    });
    lines.push({
      kind: 'grant',
      id: grant.id,
      name: personName(user),
      userId: user.id,
      ...toAnswer(access),
      window: toWireWindow(grant),
    });
  }
  return lines;
}

/** The organisation's own keys, by kind: they are not people, and open while the home is in use. */
async function organisationLines(
  db: Database,
  lock: LockRow,
  home: HomeRow | undefined,
  at: Date,
): Promise<AccessLine[]> {
  if (lock.projectId === null) return [];
  const keys = await db
    .select({ id: orgKeys.id, expiresAt: orgKeys.expiresAt })
    .from(orgKeys)
    .where(and(eq(orgKeys.projectId, lock.projectId), isNull(orgKeys.revokedAt)));
  return keys
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > at)
    .map(({ id, expiresAt }) => ({
      kind: 'organisation',
      id,
      name: 'organisation key',
      ...toAnswer(decideAccess('orgKey', { deactivated: home?.deactivated ?? false })),
      ...(expiresAt === null ? {} : { until: toTimestamp(expiresAt) }),
    }));
}

/**
 * GET /locks/{id}/who-can-open (ours): everybody with a right at the door, now or at another time, and what the right
 * is. Owners see all; others their own lines.
 */
export async function whoCanOpen(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const now = clock.now();
  const { lock, home, facts } = await loadLock(db, principal, params.id, now);
  authorise('locks.whoCanOpen', principal, facts);
  if (lock === undefined || principal.kind !== 'user') throw new Failure('not_found');
  const at = query.at ?? now;
  const isOwner = facts.role === 'owner';
  const { zone, isAssumed } = zoneOf(home?.timezone);
  return {
    at: toTimestamp(at),
    timezone: zone,
    isTimezoneAssumed: isAssumed,
    items: [
      ...(await personLines(db, lock, home, at, isOwner ? undefined : principal.userId)),
      ...(isOwner ? await linkLines(db, lock, home, at) : []),
      ...(isOwner ? await pinLines(db, lock, home, at) : []),
      ...(isOwner ? await organisationLines(db, lock, home, at) : []),
    ],
    next: null,
  };
}
