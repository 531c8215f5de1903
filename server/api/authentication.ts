import type { Dialect, Operation } from '../contracts/operation';
import { pageUserHeader } from '../contracts/page-user';
import { readCookie, sessionCookie, staffCookie, viewCookie } from '../domain/cookies';
import { Failure } from '../domain/errors';
import { anonymous, type Principal } from '../domain/principal';
import {
  resolveApiKey,
  resolveJwt,
  resolveModeToken,
  resolveSession,
} from '../services/auth/resolve-principal';
import { resolveStaffSession } from '../services/staff/resolve-session';
import { authenticateThing } from '../services/things/authenticate-thing';
import { lookThrough } from '../services/views/look-through';
import { recordLook } from '../services/views/record-look';
import { type ApiContext, type ApiSettings, isHttps } from './request';

/** Who sent a request. `principals` holds two when two credentials were presented; either may satisfy a rule. */
export interface Presented {
  principals: [Principal, ...Principal[]];
  via: 'api' | 'page';
  /** The staff cookie of the request, under `/staff` alone: a sign-in goes on with it before it makes anybody a caller. */
  staffToken?: string | undefined;
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
  { dialect, provesDevice = false }: { dialect: Dialect; provesDevice?: boolean | undefined },
): Promise<Principal> {
  const [scheme = '', token = '', ...rest] = header.trim().split(/ +/);
  if (token === '' || rest.length > 0 || token.length > tokenMost) throw unauthenticated();
  const name = scheme.toLowerCase();
  const principal =
    name === 'modecloud'
      ? await resolveModeToken(settings.deps, token, { provesDevice })
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

const isWrite = (c: ApiContext): boolean => c.req.method !== 'GET' && c.req.method !== 'HEAD';
const foreignWrite = () =>
  new Failure('forbidden', {
    reason: 'PERMISSION_DENIED',
    message: 'A cookie counts only from our own pages.',
  });

/** A page names whose it is: once somebody else has signed in in its browser, it does nothing in their name. */
function isOfPage(c: ApiContext, principal: Principal): boolean {
  const named = c.req.header(pageUserHeader);
  return named === undefined || (principal.kind === 'user' && named === String(principal.userId));
}
const otherSession = () =>
  new Failure('unauthenticated', {
    reason: 'OTHER_SESSION',
    message: 'Somebody else has signed in in this browser.',
  });

/**
 * Operations of staff. They alone read the staff cookie, and no other cookie: so none of a browser's two sessions can do
 * what belongs to the other, and no door is opened by a member of staff whatever the permission table says.
 */
const isOfStaff = ({ path }: Pick<Operation, 'path'>): boolean => path.startsWith('/staff/');

/** Staff by their cookie. Who has not proved the second factor is nobody yet. */
async function fromStaffCookie(c: ApiContext, settings: ApiSettings): Promise<Presented> {
  // Signing in is a write without a cookie: a stranger's page may not do that in somebody's browser either.
  const isFromPage = c.req.header('sec-fetch-site') !== undefined || c.req.header('origin') !== undefined;
  const token = readCookie(c.req.header('cookie'), staffCookie(isHttps(c, settings.trustProxy)));
  const isGiven = token !== undefined && token !== '' && token.length <= tokenMost;
  if (isWrite(c) && (isGiven || isFromPage) && !isSameOrigin(c)) throw foreignWrite();
  if (!isGiven) return { principals: [anonymous], via: 'page' };
  const principal = await resolveStaffSession(settings.deps, token);
  return { principals: [principal ?? anonymous], via: 'page', staffToken: token };
}

/**
 * A browser of staff that looks through a person's eyes: the person, read-only. What is read is kept. Raises
 * `unauthenticated` when the look is over; the browser falls back to nobody else.
 */
async function fromView(
  c: ApiContext,
  { deps, trustProxy }: ApiSettings,
  viewId: string,
): Promise<Presented> {
  const isEncrypted = isHttps(c, trustProxy);
  const staffToken = readCookie(c.req.header('cookie'), staffCookie(isEncrypted));
  const look = await lookThrough(deps, { staffToken, viewId });
  if (look === undefined) throw new Failure('unauthenticated', { reason: 'VIEW_OVER' });
  await recordLook(deps, look, c.req.path);
  return { principals: [look.principal], via: 'page' };
}

/**
 * Reads the credentials of a request (model 1). A header wins over the browser's cookie. Raises `unauthenticated` when
 * what was presented is no good, `forbidden` when a cookie comes with a write from another origin.
 */
export async function authenticate(
  c: ApiContext,
  settings: ApiSettings,
  operation: Pick<Operation, 'dialect' | 'path' | 'provesDevice'>,
): Promise<Presented> {
  const { dialect } = operation;
  const authorization = c.req.header('authorization');
  const apiKey = c.req.header('x-api-key');
  const principals: Principal[] = [];
  const isUnchecked = dialect === 'data-plane' && isSigned(c);
  if (authorization !== undefined && !(isUnchecked && /^AWS4-/i.test(authorization)))
    // Of two credentials the other may be the one that counts, and would prove nothing of this one.
    principals.push(
      await fromAuthorization(settings, authorization, {
        dialect,
        provesDevice: apiKey === undefined ? operation.provesDevice : undefined,
      }),
    );
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
  if (isOfStaff(operation)) return fromStaffCookie(c, settings);
  const viewId = readCookie(c.req.header('cookie'), viewCookie(isHttps(c, settings.trustProxy)));
  if (viewId !== undefined) return fromView(c, settings, viewId);
  const cookie = readCookie(c.req.header('cookie'), sessionCookie(isHttps(c, settings.trustProxy)));
  if (cookie === undefined || cookie.length > tokenMost) return { principals: [anonymous], via: 'api' };
  const principal = await resolveSession(settings.deps, cookie);
  if (principal === undefined) return { principals: [anonymous], via: 'page' };
  if (isWrite(c) && !isSameOrigin(c)) throw foreignWrite();
  if (!isOfPage(c, principal)) throw otherSession();
  return { principals: [principal], via: 'page' };
}
