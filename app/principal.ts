import 'server-only';
import { cookies, headers } from 'next/headers';
import { sessionCookie } from '@/server/domain/cookies';
import type { UserPrincipal } from '@/server/domain/principal';
import { resolveSession } from '@/server/services/auth/resolve-principal';
import { getRuntime } from './runtime';

export interface CurrentUser {
  principal: UserPrincipal;
  userId: number;
  name: string;
}

/** Who is signed in, by the browser's cookie; null: nobody. The session's row is checked on every request. */
export async function currentUser(): Promise<CurrentUser | null> {
  const isHttps = (await headers()).get('x-forwarded-proto') === 'https';
  const token = (await cookies()).get(sessionCookie(isHttps))?.value;
  if (token === undefined) return null;
  const principal = await resolveSession(await getRuntime(), token);
  return principal?.kind === 'user' ? { principal, userId: principal.userId, name: principal.name } : null;
}
