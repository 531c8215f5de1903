import 'server-only';
import { cookies, headers } from 'next/headers';
import { sessionCookie, staffCookie, viewCookie } from '@/server/domain/cookies';
import type { UserPrincipal } from '@/server/domain/principal';
import { resolveSession } from '@/server/services/auth/resolve-principal';
import { type Look, lookThrough } from '@/server/services/views/look-through';
import { getRuntime } from './runtime';

export interface CurrentUser {
  principal: UserPrincipal;
  userId: number;
  /** Network address of the visitor, as the gateway knows it. */
  address: string | undefined;
  name: string;
  /** Present: staff look through this person's eyes. */
  look?: Look;
}

/** Names and values of this request's cookies. */
export async function readCookies() {
  const isHttps = (await headers()).get('x-forwarded-proto') === 'https';
  const jar = await cookies();
  const read = (nameOf: (isHttps: boolean) => string) => jar.get(nameOf(isHttps))?.value;
  return {
    session: read(sessionCookie),
    staffToken: read(staffCookie),
    viewId: read(viewCookie),
  };
}

/** The look through somebody's eyes that this browser was in: it is nobody else until it has left that look. */
export const lookOfBrowser = async (): Promise<string | undefined> => (await readCookies()).viewId;

/** The visitor's network address: what the gateway tells, which has judged whom to believe. */
const visitorAddress = async (): Promise<string | undefined> =>
  (await headers()).get('x-forwarded-for')?.split(',').at(-1)?.trim();

/** Who is signed in, by the browser's cookie; null: nobody. The session's row is checked on every request. */
export async function currentUser(): Promise<CurrentUser | null> {
  const { session, staffToken, viewId } = await readCookies();
  const [deps, address] = [await getRuntime(), await visitorAddress()];
  if (viewId !== undefined) {
    const look = await lookThrough(deps, { staffToken, viewId });
    if (look === undefined) return null;
    const { principal } = look;
    return { principal, userId: principal.userId, address, name: principal.name, look };
  }
  if (session === undefined) return null;
  const principal = await resolveSession(deps, session);
  return principal?.kind === 'user'
    ? { principal, userId: principal.userId, address, name: principal.name }
    : null;
}
