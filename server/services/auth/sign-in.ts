import { asc, eq } from 'drizzle-orm';
import { projects } from '@/drizzle/schema';
import { Failure } from '../../domain/errors';
import { anonymous } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { authenticateUser } from './authenticate-user';
import { dashboardApp } from './create-session';

/** The project whose accounts the pages serve. */
export async function dashboardProject({ db, dashboardProject: chosen }: Deps) {
  const rows =
    chosen === undefined
      ? await db.select().from(projects).orderBy(asc(projects.id)).limit(1)
      : await db.select().from(projects).where(eq(projects.id, chosen));
  return rows[0];
}

/**
 * Signs a person in on the pages. Raises `rate_limited` or `unavailable` as they come, and one `unauthenticated` for
 * everything else, so that a page cannot tell known from unknown accounts. Its `reason` is USER_UNVERIFIED for whoever
 * knows the password of an account whose address waits to be confirmed.
 */
export async function signIn(
  deps: Deps,
  credentials: { email: string; password: string },
  from: Pick<Caller, 'address' | 'userAgent'>,
): Promise<{ token: string; userId: number }> {
  const project = await dashboardProject(deps);
  if (project === undefined)
    throw new Failure('unauthenticated', { message: 'No project serves this page.' });
  try {
    return await authenticateUser(
      deps,
      { principal: anonymous, via: 'page', ...from },
      {
        params: undefined,
        query: undefined,
        body: {
          projectId: project.id,
          appId: dashboardApp,
          email: credentials.email,
          password: credentials.password,
          phoneNumber: undefined,
          code: undefined,
          userId: undefined,
        },
      },
    );
  } catch (error) {
    if (error instanceof Failure && (error.code === 'invalid' || error.code === 'forbidden')) {
      const isUnverified = error.reason === 'USER_UNVERIFIED';
      throw new Failure('unauthenticated', {
        cause: error,
        ...(isUnverified ? { reason: 'USER_UNVERIFIED' } : {}),
      });
    }
    throw error;
  }
}
