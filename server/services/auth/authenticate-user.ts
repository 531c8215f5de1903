import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { apps, projects, users, verifications } from '@/drizzle/schema';
import type { authenticateUser as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { readEmail, readPhoneNumber } from '../../domain/account';
import { Failure, invalidField, missingField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loginSubject } from '../rates/clear-attempts';
import { countAttempt } from '../rates/count-attempt';
import { markVerified } from '../users/mark-verified';
import { createSession, dashboardApp } from './create-session';
import { hashCode } from './issue-secret';
import { isPassword } from './password';

type Body = InputOf<typeof operation>['body'];
type User = typeof users.$inferSelect;

const refuse = (reason: string, message: string, field: string) =>
  new Failure('invalid', { reason, message, issues: [{ field, message }] });

/** Tries of one account from one address, and the time that they are counted in. */
export const loginsMost = 5;
export const loginSeconds = 60;

/** Five a minute for a pair of account and address; the count ends by itself, nobody is locked out for good. */
const countLogin = (deps: Deps, caller: Caller, projectId: number, account: string) =>
  countAttempt(deps, `${loginSubject(projectId, account)} ${caller.address ?? ''}`, loginsMost, loginSeconds);

async function byPassword(deps: Deps, caller: Caller, body: Body): Promise<User> {
  if (body.email === undefined) throw missingField('email');
  if (body.password === undefined) throw missingField('password');
  const email = readEmail(body.email);
  if (email === undefined) throw invalidField('email', 'is no e-mail address', 'INVALID_EMAIL');
  await countLogin(deps, caller, body.projectId, email);
  const [user] = await deps.db
    .select()
    .from(users)
    .where(and(eq(users.projectId, body.projectId), sql`lower(${users.email}) = lower(${email})`));
  const fits = await isPassword(user?.passwordHash, body.password.slice(0, 1024));
  if (user === undefined || !user.registered)
    throw refuse('UNKNOWN_EMAIL', 'There is no account with this address.', 'email');
  if (!fits) throw refuse('INCORRECT_PASSWORD', 'The password is wrong.', 'password');
  if (!user.verified) throw refuse('USER_UNVERIFIED', 'The address has not been confirmed yet.', 'email');
  return user;
}

async function byCode(deps: Deps, caller: Caller, body: Body): Promise<User> {
  if (body.phoneNumber === undefined) throw missingField('phoneNumber');
  if (body.code === undefined) throw missingField('code');
  const phoneNumber = readPhoneNumber(body.phoneNumber);
  if (phoneNumber === undefined)
    throw invalidField('phoneNumber', 'must be in E.164 form', 'INVALID_PHONE_NUMBER');
  await countLogin(deps, caller, body.projectId, phoneNumber);
  const now = deps.clock.now();
  const wrong = refuse('INVALID_AUTH_CODE', 'The code is wrong or no longer good.', 'code');
  const code = body.code.trim();
  const outcome = await deps.db.transaction(async (tx) => {
    const [user] = await tx
      .select()
      .from(users)
      .where(and(eq(users.projectId, body.projectId), eq(users.phoneNumber, phoneNumber)));
    if (user === undefined) return undefined;
    const [issued] = await tx
      .select()
      .from(verifications)
      .where(
        and(
          eq(verifications.userId, user.id),
          eq(verifications.purpose, 'phone'),
          isNull(verifications.usedAt),
          gt(verifications.expiresAt, now),
          gt(verifications.triesLeft, 0),
        ),
      )
      .orderBy(desc(verifications.id))
      .limit(1)
      .for('update');
    if (issued === undefined) return undefined;
    if (!issued.secretHash.equals(hashCode(user.id, code))) {
      await tx
        .update(verifications)
        .set({ triesLeft: issued.triesLeft - 1 })
        .where(eq(verifications.id, issued.id));
      return undefined;
    }
    await tx.update(verifications).set({ usedAt: now }).where(eq(verifications.id, issued.id));
    return user.verified ? { user, events: [] } : markVerified(tx, user.id, now);
  });
  if (outcome === undefined) throw wrong;
  deps.bus.announce(outcome.events);
  return outcome.user;
}

async function byProject(deps: Deps, body: Body): Promise<User> {
  if (body.userId === undefined) throw missingField('userId');
  const [user] = await deps.db
    .select()
    .from(users)
    .where(and(eq(users.id, body.userId), eq(users.projectId, body.projectId)));
  if (user === undefined) throw invalidField('userId', 'there is no such user', 'INVALID_USER_ID');
  return user;
}

/** POST /auth/user (mode-api 5.7): a new session with its own token, older ones stay valid. */
export async function authenticateUser(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const [project] = await deps.db.select().from(projects).where(eq(projects.id, body.projectId));
  if (project === undefined)
    throw invalidField('projectId', 'there is no such project', 'INVALID_PROJECT_ID');
  const isByou = project.accountType === 'byou';
  // Its users have no secret of their own: the project's key is the credential (mode-api 1.3).
  if (isByou && caller.principal.kind === 'anonymous')
    throw new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
  authorise('auth.user', caller.principal, { projectId: project.id, isByou });
  let appId = body.appId;
  if (!isByou) {
    if (appId === undefined) throw missingField('appId');
    const [app] = await deps.db
      .select()
      .from(apps)
      .where(and(eq(apps.projectId, project.id), eq(apps.appId, appId)));
    if (app === undefined && appId !== dashboardApp)
      throw invalidField('appId', 'there is no such app', 'INVALID_APP_ID');
  }
  appId ??= '';
  const user =
    project.accountType === 'email'
      ? await byPassword(deps, caller, body)
      : project.accountType === 'phone'
        ? await byCode(deps, caller, body)
        : await byProject(deps, body);
  const { token } = await createSession(deps.db, user.id, appId, deps.clock.now(), caller);
  return { token, userId: user.id };
}
