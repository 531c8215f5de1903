import type { NextRequest } from 'next/server';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { sessionCookie } from '@/server/domain/cookies';
import { Failure } from '@/server/domain/errors';
import { languageCookie } from '@/server/domain/language';
import { resolveSession } from '@/server/services/auth/resolve-principal';
import { signIn } from '@/server/services/auth/sign-in';
import type { Caller } from '@/server/services/deps';
import { signInByPasskey } from '@/server/services/passkeys/sign-in-by-passkey';
import { endSession } from '@/server/services/user-session/end-session';
import { chosenLanguage } from '@/server/services/users/chosen-language';
import { getRuntime } from '../../../runtime';

/** The cookie holds the token of a session row and nothing else, so next-auth's own token is just a carrier of it. */
interface Carrier {
  sessionToken?: string;
}

const lifeSeconds = 30 * 24 * 3600;

async function authorise(
  credentials: Record<'email' | 'password', string> | undefined,
  from: { address: string | undefined; userAgent: string | undefined },
): Promise<{ id: string; sessionToken: string } | null> {
  if (!credentials?.email || !credentials.password) return null;
  try {
    const { token, userId } = await signIn(await getRuntime(), credentials, from);
    return { id: String(userId), sessionToken: token };
  } catch (error) {
    if (error instanceof Failure && error.reason === 'USER_UNVERIFIED') throw new Error('Unverified');
    if (error instanceof Failure && error.code === 'unauthenticated') return null;
    if (error instanceof Failure && error.code === 'rate_limited') throw new Error('RateLimited');
    (await getRuntime()).log.warn({ err: error }, 'sign-in failed');
    throw new Error('Unavailable');
  }
}

/** The same with a passkey: the answer of the browser as JSON text. */
async function authorisePasskey(
  answer: string | undefined,
  from: Pick<Caller, 'address' | 'origin' | 'userAgent'>,
): Promise<{ id: string; sessionToken: string } | null> {
  if (!answer) return null;
  try {
    const { token, userId } = await signInByPasskey(await getRuntime(), from, answer);
    return { id: String(userId), sessionToken: token };
  } catch (error) {
    if (error instanceof Failure && error.code === 'unauthenticated') return null;
    if (error instanceof Failure && error.code === 'rate_limited') throw new Error('RateLimited');
    (await getRuntime()).log.warn({ err: error }, 'sign-in by passkey failed');
    throw new Error('Unavailable');
  }
}

/** Origin that the visitor reached us under, as the gateway has judged it. */
function originOf({ headers }: NextRequest): string | undefined {
  const host = headers.get('host');
  if (host === null) return undefined;
  return `${headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'}://${host.toLowerCase()}`;
}

function optionsFor(request: NextRequest, onSignIn: (userId: number) => void): NextAuthOptions {
  const isHttps = request.headers.get('x-forwarded-proto') === 'https';
  const address = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  const userAgent = request.headers.get('user-agent') ?? undefined;
  return {
    providers: [
      Credentials({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: (credentials) => authorise(credentials, { address, userAgent }),
      }),
      Credentials({
        id: 'passkey',
        credentials: { answer: { type: 'text' } },
        authorize: (given) =>
          authorisePasskey(given?.answer, { address, userAgent, origin: originOf(request) }),
      }),
    ],
    pages: { signIn: '/sign-in', error: '/sign-in' },
    session: { strategy: 'jwt', maxAge: lifeSeconds },
    useSecureCookies: isHttps,
    cookies: {
      sessionToken: {
        name: sessionCookie(isHttps),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps },
      },
    },
    jwt: {
      encode: async ({ token }) => (token as Carrier | undefined)?.sessionToken ?? '',
      decode: async ({ token }) => {
        if (!token) return null;
        const principal = await resolveSession(await getRuntime(), token);
        if (principal?.kind !== 'user') return null;
        return { sub: String(principal.userId), name: principal.name, sessionToken: token };
      },
    },
    callbacks: {
      jwt: ({ token, user }) => ({ ...token, ...(user as Carrier | undefined) }),
      session: ({ session, token }) => ({ expires: session.expires, user: { name: token.name ?? null } }),
    },
    events: {
      signIn: ({ user }) => onSignIn(Number(user.id)),
      async signOut({ token }) {
        const deps = await getRuntime();
        const held = (token as Carrier | null)?.sessionToken;
        const principal = held === undefined ? undefined : await resolveSession(deps, held);
        if (principal !== undefined) await endSession(deps, { principal, via: 'page' });
      },
    },
  };
}

type Context = { params: Promise<{ nextauth: string[] }> };

/** A browser that was never told a language speaks that of the account. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  let signedIn: number | undefined;
  const options = optionsFor(request, (userId) => {
    signedIn = userId;
  });
  const answer = (await NextAuth(request as never, context as never, options)) as Response;
  if (signedIn === undefined || request.cookies.has(languageCookie)) return answer;
  const language = await chosenLanguage(await getRuntime(), signedIn);
  if (language === undefined) return answer;
  const headers = new Headers(answer.headers);
  headers.append('set-cookie', `${languageCookie}=${language}; Path=/; Max-Age=31536000; SameSite=Lax`);
  return new Response(answer.body, { status: answer.status, headers });
}

export { handle as GET, handle as POST };
