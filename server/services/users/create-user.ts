import { and, eq, sql } from 'drizzle-orm';
import { projects, users } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { createUser as operation, User } from '../../contracts/users';
import { isDuplicate } from '../../db/errors';
import { checkPassword, readEmail, readPhoneNumber } from '../../domain/account';
import { Failure, invalidField, missingField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { issueVerification } from '../auth/issue-verification';
import { hashPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { markVerified } from './mark-verified';
import { requireRoom } from './require-room';
import { toUser } from './view';

type Body = InputOf<typeof operation>['body'];
type Project = typeof projects.$inferSelect;
interface Account {
  email?: string;
  phoneNumber?: string;
  passwordHash?: string;
  name?: string;
}

async function readAccount(project: Project, body: Body): Promise<Account> {
  if (project.accountType === 'byou') return body.name === undefined ? {} : { name: body.name };
  if (body.name === undefined) throw missingField('name');
  if (project.accountType === 'phone') {
    if (body.phoneNumber === undefined) throw missingField('phoneNumber');
    const phoneNumber = readPhoneNumber(body.phoneNumber);
    if (phoneNumber === undefined)
      throw invalidField(
        'phoneNumber',
        'must be in E.164 form, for example +4712345678',
        'INVALID_PHONE_NUMBER',
      );
    return { phoneNumber, name: body.name };
  }
  if (body.email === undefined) throw missingField('email');
  const email = readEmail(body.email);
  if (email === undefined) throw invalidField('email', 'is no e-mail address', 'INVALID_EMAIL');
  if (body.password === undefined) throw missingField('password');
  const failure = checkPassword(body.password, email);
  if (failure) throw failure;
  return { email, passwordHash: await hashPassword(body.password), name: body.name };
}

/** A key of the project with administration makes people who need no confirmation (mode-api 10). */
const isAdministrator = ({ principal }: Caller, projectId: number): boolean =>
  principal.kind === 'projectKey' &&
  principal.projectId === projectId &&
  principal.permissions.includes('admin');

/**
 * POST /users (mode-api 5.1). A placeholder made by an invitation is taken over and keeps its memberships, which count
 * once the address is confirmed.
 */
export async function createUser(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<User> {
  const { db, bus, clock } = deps;
  const [project] = await db.select().from(projects).where(eq(projects.id, body.projectId));
  if (project === undefined)
    throw invalidField('projectId', 'there is no such project', 'INVALID_PROJECT_ID');
  const isByou = project.accountType === 'byou';
  authorise('users.create', caller.principal, { projectId: project.id, isByou });
  const isTrusted = isByou || isAdministrator(caller, project.id);
  if (!isTrusted) await countAttempt(deps, `sign-up ${caller.address ?? ''}`, 30, 600);
  const account = await readAccount(project, body);
  const now = clock.now();
  const { user, events } = await db
    .transaction(async (tx) => {
      const sameAddress =
        account.email !== undefined
          ? sql`lower(${users.email}) = lower(${account.email})`
          : account.phoneNumber !== undefined
            ? eq(users.phoneNumber, account.phoneNumber)
            : sql`false`;
      const [existing] = await tx
        .select()
        .from(users)
        .where(and(eq(users.projectId, project.id), sameAddress))
        .for('update');
      if (existing?.registered) {
        throw new Failure('invalid', {
          reason: existing.verified ? 'USER_EXISTS' : 'USER_EXISTS_UNVERIFIED',
          message: 'There is an account with this address already.',
          issues: [{ field: account.email === undefined ? 'phoneNumber' : 'email', message: 'is in use' }],
        });
      }
      // A placeholder counts already.
      if (existing === undefined) await requireRoom(tx, project);
      const values = {
        ...account,
        verified: isByou,
        registered: true,
        createdAt: now,
        ...(isTrusted || caller.language === undefined ? {} : { language: caller.language }),
      };
      const [row] = existing
        ? await tx.update(users).set(values).where(eq(users.id, existing.id)).returning()
        : await tx
            .insert(users)
            .values({ projectId: project.id, ...values })
            .returning();
      if (row === undefined) throw new Failure('internal');
      if (isByou) return { user: row, events: [] };
      if (isTrusted) return markVerified(tx, row.id, now);
      await issueVerification(deps, tx, row, caller.language);
      return { user: row, events: [] };
    })
    .catch((error: unknown) => {
      if (isDuplicate(error))
        throw new Failure('invalid', {
          reason: 'USER_EXISTS',
          message: 'There is an account with this address already.',
          cause: error,
        });
      throw error;
    });
  bus.announce(events);
  return toUser(user);
}
