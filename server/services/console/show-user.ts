import { and, asc, desc, eq, gt, isNull, or } from 'drizzle-orm';
import { homeMembers, homes, passkeys, projects, userSessions } from '@/drizzle/schema';
import type { showSupportedUser as operation, SupportedUser } from '../../contracts/console';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { loginSeconds, loginsMost } from '../auth/authenticate-user';
import type { Caller, Deps } from '../deps';
import { hasAttempts, loginSubject } from '../rates/clear-attempts';
import { loadSupportedUser } from './load-supported';

const sessionsMost = 50;
const given = <Name extends string>(name: Name, value: string | null) =>
  (value === null ? {} : { [name]: value }) as { [Key in Name]?: string };

/** GET /staff/users/{userId}: an account, where it is signed in, and its homes. Raises `not_found` across projects. */
export async function showSupportedUser(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<SupportedUser> {
  const { user } = await loadSupportedUser(db, 'staff.user', principal, params.userId);
  const now = clock.now();
  const since = new Date(now.getTime() - loginSeconds * 1_000);
  const accounts = [user.email, user.phoneNumber].flatMap((one) => one ?? []);
  const [[project], sessions, places, keys, held] = await Promise.all([
    db.select().from(projects).where(eq(projects.id, user.projectId)),
    db
      .select()
      .from(userSessions)
      .where(
        and(
          eq(userSessions.userId, user.id),
          isNull(userSessions.revokedAt),
          or(isNull(userSessions.expiresAt), gt(userSessions.expiresAt, now)),
        ),
      )
      .orderBy(desc(userSessions.createdAt))
      .limit(sessionsMost),
    db
      .select({ id: homes.id, name: homes.name, role: homeMembers.role })
      .from(homeMembers)
      .innerJoin(homes, eq(homes.id, homeMembers.homeId))
      .where(eq(homeMembers.userId, user.id))
      .orderBy(asc(homes.name), asc(homes.id)),
    db.$count(passkeys, eq(passkeys.userId, user.id)),
    Promise.all(
      accounts.map((account) => hasAttempts(db, loginSubject(user.projectId, account), loginsMost, since)),
    ),
  ]);
  return {
    id: user.id,
    projectId: user.projectId,
    projectName: project?.name ?? '',
    ...given('name', user.name),
    ...given('email', user.email),
    ...given('phoneNumber', user.phoneNumber),
    verified: user.verified,
    registered: user.registered,
    createdAt: toTimestamp(user.createdAt),
    sessions: sessions.map((session) => ({
      id: session.id,
      appId: session.appId,
      createdAt: toTimestamp(session.createdAt),
      lastSeenAt: toTimestamp(session.lastSeenAt ?? session.createdAt),
      ...given('userAgent', session.userAgent),
      ...given('address', session.address),
    })),
    passkeys: keys,
    homes: places,
    isHeldBack: held.includes(true),
  };
}
