import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import { guestLinkDoors, guestLinks, homeMembers, homes, locks } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type {
  listTempKeys as listing,
  listLockTempKeys as ofLock,
  TempKeyView,
} from '../../contracts/temp-keys';
import type { Database } from '../../db/client';
import { zoneOf } from '../../domain/access/zone';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { type LinkDoorNamed, toTempKey } from './view';

/** Newest first; older ones that were not revoked are beyond it. */
const most = 500;

/** Guest links with their doors; revoked ones only where `withRevoked` asks for them. */
export async function readLinks(
  db: Database,
  which: SQL | undefined,
  at: Date,
  { withRevoked = false }: { withRevoked?: boolean } = {},
): Promise<TempKeyView[]> {
  const rows = await db
    .select({ link: guestLinks, timezone: homes.timezone })
    .from(guestLinks)
    .leftJoin(homes, eq(homes.id, guestLinks.homeId))
    .where(and(withRevoked ? undefined : isNull(guestLinks.revokedAt), which))
    .orderBy(desc(guestLinks.createdAt), desc(guestLinks.uuid))
    .limit(most);
  if (rows.length === 0) return [];
  const doors = await db
    .select({ door: guestLinkDoors, name: locks.name })
    .from(guestLinkDoors)
    .innerJoin(locks, eq(locks.id, guestLinkDoors.lockId))
    .where(
      inArray(
        guestLinkDoors.linkUuid,
        rows.map(({ link }) => link.uuid),
      ),
    )
    .orderBy(asc(guestLinkDoors.place));
  const byLink = new Map<string, LinkDoorNamed[]>();
  for (const { door, name } of doors)
    byLink.set(door.linkUuid, [...(byLink.get(door.linkUuid) ?? []), { ...door, name }]);
  return rows.map(({ link, timezone }) =>
    toTempKey(link, byLink.get(link.uuid) ?? [], at, zoneOf(timezone).zone),
  );
}

const atLock = (lockId: number): SQL =>
  sql`exists (select 1 from ${guestLinkDoors} where ${guestLinkDoors.linkUuid} = ${guestLinks.uuid} and ${guestLinkDoors.lockId} = ${lockId})`;

/** Links of the homes that a person owns, or of an organisation; super keys see those of a lock they name, and no others. */
function managedBy(principal: Principal): SQL | undefined {
  switch (principal.kind) {
    case 'user':
      return sql`exists (select 1 from ${homeMembers} where ${homeMembers.homeId} = ${guestLinks.homeId}
        and ${homeMembers.userId} = ${principal.userId} and ${homeMembers.role} = 'owner'
        and (select verified from users where id = ${principal.userId}))`;
    case 'orgKey':
    case 'service':
      return eq(guestLinks.projectId, principal.projectId);
    default:
      return sql`false`;
  }
}

/** GET /locks/{id}/temp-keys (lock-api 7). */
export async function listLockLinks(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: Pick<InputOf<typeof ofLock>, 'params'>,
  options: { withRevoked?: boolean } = {},
): Promise<OutputOf<typeof ofLock>> {
  const now = clock.now();
  const { facts } = await loadLock(db, principal, params.id, now);
  authorise('locks.tempKeys', principal, facts);
  return { tempKeys: await readLinks(db, atLock(params.id), now, options) };
}

/** GET /temp-keys?lockId= (lock-api 7): of one lock, or of all that the caller manages. */
export async function listLinks(
  deps: Deps,
  caller: Caller,
  { query }: InputOf<typeof listing>,
): Promise<OutputOf<typeof listing>> {
  authorise('tempKeys.list', caller.principal);
  const options = { withRevoked: query.revoked === 'true' };
  if (query.lockId !== undefined)
    return listLockLinks(deps, caller, { params: { id: query.lockId } }, options);
  return { tempKeys: await readLinks(deps.db, managedBy(caller.principal), deps.clock.now(), options) };
}
