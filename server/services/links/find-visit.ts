import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, homes, locks } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import { decideAccess, type RefusalReason } from '../../domain/access/decide-access';
import { linkStanding } from '../../domain/access/standing';
import { zoneOf } from '../../domain/access/zone';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import type { HomeRow } from '../homes/view';
import type { LockRow } from '../locks/load-lock';
import { hashToken } from '../secrets';
import { type LinkDoorRow, type LinkRow, linkStateOf } from './view';

const query = prepared((db: Database) =>
  db
    .select({ link: guestLinks, home: homes, door: guestLinkDoors, lock: locks })
    .from(guestLinks)
    .leftJoin(homes, eq(homes.id, guestLinks.homeId))
    .innerJoin(guestLinkDoors, eq(guestLinkDoors.linkUuid, guestLinks.uuid))
    .innerJoin(locks, eq(locks.id, guestLinkDoors.lockId))
    .where(and(eq(guestLinks.tokenHash, sql.placeholder('hash')), isNull(guestLinks.revokedAt)))
    .orderBy(asc(guestLinkDoors.place), asc(locks.id))
    .prepare('visit_by_token'),
);

export interface VisitDoor {
  id: string;
  lock: LockRow;
  label: string | null;
  accessMethod: LinkDoorRow['accessMethod'];
}

/** What a guest with a good token has before them. */
export interface Visit {
  link: LinkRow;
  home: HomeRow | undefined;
  doors: VisitDoor[];
  zone: string;
  /** Open: the doors may be asked for now. */
  access:
    | { allowed: true; until?: Date }
    | { allowed: false; reason: RefusalReason | 'not-invited' | 'sign-in'; next?: Date };
}

export interface Presented {
  /** The token itself, or the link's name when a bearer token comes beside it. */
  name: string;
  bearer?: string | undefined;
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const tokenMost = 200;

/** Whether a path names a link by its uuid, beside which the token comes as a bearer token. */
export const isLinkName = (name: string): boolean => uuidShape.test(name);

/** A whitelist names who of the signed-in people may use a link (lock-api 7). */
function invitation(link: LinkRow, user: Principal): 'fine' | 'sign-in' | 'not-invited' {
  if (link.accessMode === 'public') return 'fine';
  if (user.kind !== 'user') return 'sign-in';
  const isOurs = user.projectId === link.projectId;
  return isOurs && (link.allowedUserIds ?? []).includes(String(user.userId)) ? 'fine' : 'not-invited';
}

/**
 * The link behind a token (model 2: the uuid names it, the token opens it). Undefined for unknown, revoked and foreign
 * ones alike, and when uuid and token do not belong together.
 */
export async function findVisit(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { name, bearer }: Presented,
  user: Principal,
): Promise<Visit | undefined> {
  const isNamed = isLinkName(name);
  const token = isNamed ? bearer : name;
  if (token === undefined || token === '' || token.length > tokenMost) return undefined;
  const rows = await query(db).execute({ hash: hashToken(token) });
  const [first] = rows;
  if (first === undefined || (isNamed && first.link.uuid !== name.toLowerCase())) return undefined;
  const { link, home } = first;
  const doors = rows
    .filter(({ lock }) => lock.homeId === link.homeId && lock.projectId === link.projectId)
    .map(({ door, lock }) => ({ id: door.id, lock, label: door.label, accessMethod: door.accessMethod }));
  if (doors.length === 0) return undefined;
  const { zone } = zoneOf(home?.timezone);
  const invited = invitation(link, user);
  const decided = decideAccess('guestLink', {
    deactivated: home?.deactivated ?? false,
    standing: linkStanding(linkStateOf(link), clock.now(), zone, { withTimes: true }),
  });
  const access: Visit['access'] = decided.allowed
    ? invited === 'fine'
      ? { allowed: true, ...(decided.until && { until: decided.until }) }
      : { allowed: false, reason: invited }
    : { allowed: false, reason: decided.reason, ...(decided.next && { next: decided.next }) };
  return { link, home: home ?? undefined, doors, zone, access };
}
