import { sql } from 'drizzle-orm';
import { authorise } from '../../domain/permissions';
import type { UserPrincipal } from '../../domain/principal';
import type { Deps } from '../deps';
import { loadHome } from './load-home';

export interface HomeParts {
  doors: number;
  devices: number;
  connectedDevices: number;
  hubs: number;
  members: number;
  /** Invitations that nobody has accepted. */
  invited: number;
  /** Owners who can act. */
  owners: number;
}

/** How much stands in a home, for the pages of whoever may see all of it. Errors: `not_found`, `forbidden`. */
export async function countParts(
  { db }: Pick<Deps, 'db'>,
  principal: UserPrincipal,
  homeId: number,
): Promise<HomeParts> {
  const { facts } = await loadHome(db, principal, homeId);
  authorise('members.details', principal, facts);
  const [row] = await db.execute<{ [Part in keyof HomeParts]: number }>(sql`select
    (select count(*)::int from locks where home_id = ${homeId}) as doors,
    (select count(*)::int from devices where home_id = ${homeId}) as devices,
    (select count(*)::int from devices where home_id = ${homeId} and is_connected) as "connectedDevices",
    (select count(*)::int from hubs where home_id = ${homeId}) as hubs,
    (select count(*)::int from home_members where home_id = ${homeId}) as members,
    (select count(*)::int from home_members m join users u on u.id = m.user_id
      where m.home_id = ${homeId} and not u.verified) as invited,
    (select count(*)::int from home_members m join users u on u.id = m.user_id
      where m.home_id = ${homeId} and m.role = 'owner' and u.verified) as owners`);
  if (row === undefined) throw new Error('nothing was counted');
  return { ...row };
}
