import { readCookie, sessionCookie } from '../domain/cookies';
import { Failure } from '../domain/errors';
import { anonymous, type Principal } from '../domain/principal';
import {
  resolveApiKey,
  resolveJwt,
  resolveModeToken,
  resolveSession,
} from '../services/auth/resolve-principal';
import { type ApiContext, type ApiSettings, isHttps } from './request';

/** Who sent a request. `principals` holds two when two credentials were presented; either may satisfy a rule. */
export interface Presented {
  principals: [Principal, ...Principal[]];
  via: 'api' | 'page';
}

const unauthenticated = () => new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
const tokenMost = 8_192;

async function fromAuthorization(settings: ApiSettings, header: string): Promise<Principal> {
  const [scheme = '', token = '', ...rest] = header.trim().split(/ +/);
  if (token === '' || rest.length > 0 || token.length > tokenMost) throw unauthenticated();
  const name = scheme.toLowerCase();
  const principal =
    name === 'modecloud'
      ? await resolveModeToken(settings.deps, token)
      : name === 'bearer'
        ? await resolveJwt(settings.deps, token)
        : undefined;
  if (principal === undefined) throw unauthenticated();
  return principal;
}

/** A page of ours sent it, not one of somebody else's in the same browser. */
function isSameOrigin(c: ApiContext): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const origin = c.req.header('origin');
  if (origin === undefined) return false;
  try {
    return new URL(origin).host === c.req.header('host');
  } catch {
    return false;
  }
}

/**
 * Reads the credentials of a request (model 1). A header wins over the browser's cookie. Raises `unauthenticated` when
 * what was presented is no good, `forbidden` when a cookie comes with a write from another origin.
 */
export async function authenticate(c: ApiContext, settings: ApiSettings): Promise<Presented> {
  const authorization = c.req.header('authorization');
  const apiKey = c.req.header('x-api-key');
  const principals: Principal[] = [];
  if (authorization !== undefined) principals.push(await fromAuthorization(settings, authorization));
  if (apiKey !== undefined) {
    const principal =
      apiKey === '' || apiKey.length > tokenMost ? undefined : await resolveApiKey(settings.deps, apiKey);
    if (principal === undefined) throw unauthenticated();
    principals.push(principal);
  }
  const [first, ...others] = principals;
  if (first !== undefined) return { principals: [first, ...others], via: 'api' };
  const cookie = readCookie(c.req.header('cookie'), sessionCookie(isHttps(c, settings.trustProxy)));
  if (cookie === undefined || cookie.length > tokenMost) return { principals: [anonymous], via: 'api' };
  const principal = await resolveSession(settings.deps, cookie);
  if (principal === undefined) return { principals: [anonymous], via: 'page' };
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isSameOrigin(c)) {
    throw new Failure('forbidden', {
      reason: 'PERMISSION_DENIED',
      message: 'A cookie counts only from our own pages.',
    });
  }
  return { principals: [principal], via: 'page' };
}
