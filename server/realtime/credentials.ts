import type { IncomingMessage } from 'node:http';
import { readCookie, sessionCookie } from '../domain/cookies';
import type { Principal } from '../domain/principal';
import { resolveJwt, resolveModeToken, resolveSession } from '../services/auth/resolve-principal';
import type { Deps } from '../services/deps';
import { hashToken } from '../services/secrets';

const tokenMost = 8_192;

/** Who opens a socket; `tokenHash` where a ModeCloud token said so. */
export interface Identified {
  principal: Principal;
  tokenHash?: Buffer;
}

/** A page of ours opened the socket: a cookie must not serve a stranger's page. */
export function isOwnOrigin({ headers: { origin, host } }: IncomingMessage): boolean {
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

/**
 * Value of a query parameter as clients of mode-api 1.3 write it: unescaped or percent-encoded, `=` and `+` as part of
 * the value. Undefined: not there.
 */
export function readRawQuery(url: string, name: string): string | undefined {
  const at = url.indexOf('?');
  if (at === -1) return undefined;
  for (const pair of url.slice(at + 1).split('&')) {
    const equals = pair.indexOf('=');
    if (equals === -1 || pair.slice(0, equals) !== name) continue;
    const value = pair.slice(equals + 1);
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  }
  return undefined;
}

async function fromToken(deps: Deps, token: string): Promise<Identified | undefined> {
  if (token === '' || token.length > tokenMost) return undefined;
  const principal = await (token.startsWith('v1.') ? resolveModeToken : resolveJwt)(deps, token);
  return principal === undefined ? undefined : { principal, tokenHash: hashToken(token) };
}

/**
 * The caller behind an upgrade (mode-api 1.3, 6.1): the header wins over `authToken`, both over the cookie of our own
 * pages. Undefined: no usable credential.
 */
export async function identifyUpgrade(
  deps: Deps,
  request: IncomingMessage,
  isHttps: boolean,
): Promise<Identified | undefined> {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const [scheme = '', token = '', ...rest] = authorization.trim().split(/ +/);
    const isKnown = /^(modecloud|bearer)$/i.test(scheme) && rest.length === 0;
    return isKnown ? fromToken(deps, token) : undefined;
  }
  const token = readRawQuery(request.url ?? '', 'authToken');
  if (token !== undefined) return fromToken(deps, token);
  const session = readCookie(cookie, sessionCookie(isHttps));
  if (session === undefined || session.length > tokenMost || !isOwnOrigin(request)) return undefined;
  const principal = await resolveSession(deps, session);
  return principal === undefined ? undefined : { principal };
}
