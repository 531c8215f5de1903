import { and, asc, count, eq } from 'drizzle-orm';
import { projects, users } from '@/drizzle/schema';
import { type InputOf, Ranged } from '../../contracts/operation';
import type { listUsers as operation, User } from '../../contracts/users';
import { foundIn } from '../../db/search';
import { invalidField } from '../../domain/errors';
import { authorise, verdict } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { toUser } from './view';

/** GET /users?projectId= (mode-api 10): a page of the accounts whose name, e-mail or phone number hold the words. */
export async function listUsers(
  { db }: Deps,
  { principal }: Caller,
  { query }: InputOf<typeof operation>,
): Promise<Ranged<User[]>> {
  const { projectId, search, skip, limit } = query;
  const [project] = await db.select({ id: projects.id }).from(projects).where(eq(projects.id, projectId));
  const facts = project === undefined ? { exists: false } : { exists: true, projectId };
  // The reference lists no 404 here: a project that is not to be seen is a wrong parameter (mode-api 1.4, rule 3).
  if (verdict('users.list', principal, facts) === 'not-found')
    throw invalidField('projectId', 'there is no such project', 'INVALID_PROJECT_ID');
  authorise('users.list', principal, facts);
  const wanted = and(
    eq(users.projectId, projectId),
    foundIn([users.name, users.email, users.phoneNumber], search),
  );
  const [total] = await db.select({ count: count() }).from(users).where(wanted);
  const rows = await db.select().from(users).where(wanted).orderBy(asc(users.id)).limit(limit).offset(skip);
  return new Ranged(rows.map(toUser), skip, total?.count ?? 0);
}
