import type { Dialect } from '../contracts/operation';
import { readCookie, sessionCookie } from '../domain/cookies';
import { Failure } from '../domain/errors';
import { anonymous, type Principal } from '../domain/principal';
import {
  resolveApiKey,
  resolveJwt,
  resolveModeToken,
  resolveSession,
} from '../services/auth/resolve-principal';
import { authenticateThing } from '../services/things/authenticate-thing';
import { type ApiContext, type ApiSettings, isHttps } from './request';

/** Who sent a request. `principals` holds two when two credentials were presented; either may satisfy a rule. */
export interface Presented {
  principals: [Principal, ...Principal[]];
  via: 'api' | 'page';
}

const unauthenticated = () => new Failure('unauthenticated', { reason: 'UNAUTHENTICATED_CLIENT' });
const tokenMost = 8_192;

/** HTTP Basic with the MQTT user and password of a thing (device-shadow 10); undefined: no such thing. */
async function resolveBasic(settings: ApiSettings, token: string): Promise<Principal | undefined> {
  const text = Buffer.from(token, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 1 || text.includes('\u0000')) return undefined;
  const name = text.slice(0, colon);
  const isThing = await authenticateThing(settings.deps, name, text.slice(colon + 1));
  return isThing ? { kind: 'thing', name } : undefined;
}

/** AWS signatures, in the header or the query: nobody here can check them, so they are no credential. */
const isSigned = (c: ApiContext): boolean =>
  /^AWS4-/i.test(c.req.header('authorization') ?? '') || c.req.query('X-Amz-Signature') !== undefined;

async function fromAuthorization(
  settings: ApiSettings,
  header: string,
  dialect: Dialect,
): Promise<Principal> {
  const [scheme = '', token = '', ...rest] = header.trim().split(/ +/);
  if (token === '' || rest.length > 0 || token.length > tokenMost) throw unauthenticated();
  const name = scheme.toLowerCase();
  const principal =
    name === 'modecloud'
      ? await resolveModeToken(settings.deps, token)
      : name === 'bearer'
        ? await resolveJwt(settings.deps, token)
        : name === 'basic' && dialect === 'data-plane'
          ? await resolveBasic(settings, token)
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
export async function authenticate(
  c: ApiContext,
  settings: ApiSettings,
  dialect: Dialect,
): Promise<Presented> {
  const authorization = c.req.header('authorization');
  const apiKey = c.req.header('x-api-key');
  const principals: Principal[] = [];
  const isUnchecked = dialect === 'data-plane' && isSigned(c);
  if (authorization !== undefined && !(isUnchecked && /^AWS4-/i.test(authorization)))
    principals.push(await fromAuthorization(settings, authorization, dialect));
  if (apiKey !== undefined) {
    const principal =
      apiKey === '' || apiKey.length > tokenMost ? undefined : await resolveApiKey(settings.deps, apiKey);
    if (principal === undefined) throw unauthenticated();
    principals.push(principal);
  }
  const [first, ...others] = principals;
  if (first !== undefined) return { principals: [first, ...others], via: 'api' };
  if (isUnchecked) {
    throw new Failure('forbidden', {
      message:
        'AWS signatures are not checked here. Send X-API-Key, Authorization: Bearer or ModeCloud, or HTTP Basic with the MQTT user and password of a thing.',
    });
  }
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
