import { eq } from 'drizzle-orm';
import { projects, users } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { updateUser as operation } from '../../contracts/users';
import { checkPassword } from '../../domain/account';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { spendSecrets } from '../auth/issue-secret';
import { hashPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { recordPerson } from '../members/record-member';
import { endSessions } from '../user-session/end-sessions';
import { loadUser } from './load-user';
import type { UserRow } from './view';

/** The hash of a new password; only accounts of e-mail projects have one. */
async function readPassword({ db }: Deps, user: UserRow | undefined, password: string): Promise<string> {
  const [project] = await db
    .select({ accountType: projects.accountType })
    .from(projects)
    .where(eq(projects.id, user?.projectId ?? 0));
  if (project?.accountType !== 'email')
    throw new Failure('forbidden', {
      reason: 'OPERATION_NOT_ALLOWED',
      message: 'Accounts of this project have no password.',
    });
  const failure = checkPassword(password, user?.email ?? undefined);
  if (failure) throw failure;
  return hashPassword(password);
}

/**
 * PATCH /users/{userId} (mode-api 5.1). A new password ends every other session and keeps the one that set it; links to
 * reset the old one are worth nothing any more.
 */
export async function updateUser(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<undefined> {
  const { db, bus, clock } = deps;
  const { user, facts } = await loadUser(db, params.userId);
  authorise('users.update', principal, facts);
  const passwordHash =
    body.password === undefined ? undefined : await readPassword(deps, user, body.password);
  const changes = {
    ...(body.name === undefined ? {} : { name: body.name }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    ...(body.language === undefined ? {} : { language: body.language }),
  };
  if (Object.keys(changes).length === 0) return;
  const now = clock.now();
  const { events, ended } = await db.transaction(async (tx) => {
    const [changed] = await tx.update(users).set(changes).where(eq(users.id, params.userId)).returning();
    if (changed === undefined) throw new Failure('not_found', { reason: 'NOT_FOUND' });
    const current = principal.kind === 'user' ? principal.sessionId : undefined;
    if (passwordHash !== undefined) await spendSecrets(tx, changed.id, ['password-reset'], now);
    return {
      events: changed.name === user?.name ? [] : await recordPerson(tx, changed),
      ended: passwordHash === undefined ? [] : await endSessions(tx, changed.id, now, current),
    };
  });
  for (const id of ended) bus.revoke({ kind: 'session', id });
  bus.announce(events);
}
