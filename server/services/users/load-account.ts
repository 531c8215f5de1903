import { asc, count, eq } from 'drizzle-orm';
import { homeMembers, homes, locks, projects, users } from '@/drizzle/schema';
import { Failure } from '../../domain/errors';
import type { Language } from '../../domain/language';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { findHeir } from '../members/hand-over';
import { loadUser } from './load-user';

/** What becomes of a home when this person goes (model 2). */
export interface HomeAfter {
  homeId: number;
  name: string;
  /** `left`: it goes on; `inherited`: a member becomes its owner; `deleted`: nobody is left to have it. */
  fate: 'left' | 'inherited' | 'deleted';
  /** Who becomes the owner. */
  heir?: string;
  /** Locks that are set free when the home goes. */
  lockCount: number;
}

export interface Account {
  userId: number;
  name: string;
  email: string | undefined;
  phoneNumber: string | undefined;
  /** Language that the person is written to in; undefined: as the browser says. */
  language: Language | undefined;
  hasPassword: boolean;
  homes: HomeAfter[];
}

/** The own account for its page, with what deleting it would do to each home. Only for the person itself. */
export async function loadAccount({ db }: Deps, principal: Principal, userId: number): Promise<Account> {
  const { user, facts } = await loadUser(db, userId);
  authorise('users.update', principal, facts);
  if (user === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
  const [project] = await db
    .select({ accountType: projects.accountType })
    .from(projects)
    .where(eq(projects.id, user.projectId));
  return {
    userId,
    name: user.name ?? '',
    email: user.email ?? undefined,
    phoneNumber: user.phoneNumber ?? undefined,
    language: user.language ?? undefined,
    hasPassword: project?.accountType === 'email',
    homes: await homesAfter(db, userId),
  };
}

async function homesAfter(db: Deps['db'], userId: number): Promise<HomeAfter[]> {
  const rows = await db
    .select({ homeId: homes.id, name: homes.name, lockCount: count(locks.id) })
    .from(homeMembers)
    .innerJoin(homes, eq(homes.id, homeMembers.homeId))
    .leftJoin(locks, eq(locks.homeId, homes.id))
    .where(eq(homeMembers.userId, userId))
    .groupBy(homes.id, homes.name)
    .orderBy(asc(homes.name), asc(homes.id));
  const after: HomeAfter[] = [];
  for (const row of rows) {
    const next = await findHeir(db, row.homeId, userId);
    if (next.kind === 'kept') after.push({ ...row, fate: 'left' });
    else if (next.kind === 'none') after.push({ ...row, fate: 'deleted' });
    else {
      const [heir] = await db
        .select({ name: users.name, email: users.email, phoneNumber: users.phoneNumber })
        .from(users)
        .where(eq(users.id, next.userId));
      const name = heir?.name ?? heir?.email ?? heir?.phoneNumber ?? '';
      after.push({ ...row, fate: 'inherited', heir: name });
    }
  }
  return after;
}
