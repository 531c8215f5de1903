import { randomBytes, randomUUID } from 'node:crypto';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { Failure } from '../../domain/errors';
import { type Language, readLanguage } from '../../domain/language';
import { anonymous, type Principal } from '../../domain/principal';
import { findVisit, isLinkName, type Visit } from '../../services/links/find-visit';
import { followOpening, lastOpenings } from '../../services/links/follow-opening';
import { doorOf, openByLink } from '../../services/links/open-by-link';
import type { OpeningRow } from '../../services/locks/view';
import { noteDeadLink } from '../../services/refusals/note-dead-link';
import { authenticate } from '../authentication';
import { respond, respondFailure, withDeadline } from '../bind';
import { readBody } from '../body';
import { toFailure } from '../dialects';
import { type ApiContext, type ApiEnv, type ApiSettings, addressOf, askedAtOf, isHttps } from '../request';
import { doorsNow } from './doors';
import { fill, messagesIn } from './messages';
import { isOver, outcomeOf } from './outcome';
import { awayPage, closedPage, confirmPage, openPage, type PageSettings, unknownPage } from './page';

const requestIdMost = 200;

/** What a request brings: the link, if its token is good, and who is signed in beside it. */
interface Guest {
  visit: Visit | undefined;
  user: Principal;
}

/** A page that may not be kept, framed, indexed or named to other sites (quality, security values). */
function page(c: ApiContext, settings: ApiSettings, status: number, nonce: string, text: string): Response {
  return new Response(text, {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'X-Robots-Tag': 'noindex, nofollow',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
      Vary: 'Accept-Language',
      ...(isHttps(c, settings.trustProxy) ? { 'Strict-Transport-Security': 'max-age=15552000' } : {}),
    },
  });
}

/** Where the request went, with its query: it is sent back to the same browser alone. */
const pathOf = (c: ApiContext): string => {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
};

const bearerOf = (c: ApiContext): string | undefined =>
  /^bearer +(\S+)$/i.exec(c.req.header('authorization')?.trim() ?? '')?.[1];

/** Whoever is signed in in this browser; what is no good counts as nobody, since the link is the right. */
async function userOf(c: ApiContext, settings: ApiSettings): Promise<Principal> {
  try {
    return (await authenticate(c, settings, { dialect: 'lock', path: '/k/{token}' })).principals[0];
  } catch (error) {
    if (error instanceof Failure && (error.code === 'unauthenticated' || error.code === 'forbidden'))
      return anonymous;
    throw error;
  }
}

async function guestOf(c: ApiContext, settings: ApiSettings): Promise<Guest> {
  const name = c.req.param('name') ?? '';
  // Beside the token itself it is the JWT of a person.
  const bearer = isLinkName(name) ? bearerOf(c) : undefined;
  const user = bearer === undefined ? await userOf(c, settings) : anonymous;
  return { visit: await findVisit(settings.deps, { name, bearer }, user), user };
}

const languageOf = (c: ApiContext): Language => readLanguage(c.req.header('accept-language')) ?? 'en';
const wantsJson = (c: ApiContext): boolean => (c.req.header('accept') ?? '').includes('application/json');
const wantsHtml = (c: ApiContext): boolean => (c.req.header('accept') ?? '').includes('text/html');
const isShut = (visit: Visit): visit is Visit & { access: { allowed: false } } => !visit.access.allowed;

function settingsOf(c: ApiContext, settings: ApiSettings): PageSettings {
  const first = c.req.path.split('/', 2)[1] === 'k' ? 'k' : 'temp-keys';
  return {
    base: `/${first}/${encodeURIComponent(c.req.param('name') ?? '')}`,
    nonce: randomBytes(18).toString('base64'),
    language: languageOf(c),
    now: settings.deps.clock.now(),
  };
}

const closedStatus: Record<string, number> = {
  'sign-in': 403,
  'not-invited': 403,
  expired: 410,
  'used-up': 410,
};

/** GET /k/{token} and GET /temp-keys/{uuid}: the guest's page. It never opens anything. */
async function show(c: ApiContext, settings: ApiSettings): Promise<Response> {
  const { visit } = await guestOf(c, settings);
  const view = settingsOf(c, settings);
  if (visit === undefined) return page(c, settings, 404, view.nonce, unknownPage(view));
  const requestId = c.req.query('request');
  const opening =
    requestId === undefined || requestId.length > requestIdMost || requestId.includes('\u0000')
      ? undefined
      : await followOpening(settings.deps, visit, requestId);
  if (isShut(visit)) {
    const status = closedStatus[visit.access.reason] ?? 200;
    return page(c, settings, status, view.nonce, closedPage(visit, view, opening));
  }
  const last = await lastOpenings(settings.deps, visit);
  return page(
    c,
    settings,
    200,
    view.nonce,
    openPage(visit, view, { doorId: c.req.query('door'), opening, last }),
  );
}

interface Asked {
  doorId: string | undefined;
  requestId: string;
  pin: string | undefined;
  isQuestion: boolean;
}

async function readAsked(c: ApiContext): Promise<Asked> {
  const { fields } = await readBody(c, 'form');
  const text = (name: string, most: number): string | undefined => {
    const value = fields[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string' && value.length <= most && !/[\0\p{Surrogate}]/u.test(value)) return value;
    throw new Failure('invalid', { issues: [{ field: name, message: 'is not usable' }] });
  };
  return {
    doorId: c.req.param('doorId') ?? text('door', 64),
    requestId: text('requestId', requestIdMost) ?? randomUUID(),
    pin: text('pin', 16),
    isQuestion: fields.step === 'ask',
  };
}

async function refusalPage(
  c: ApiContext,
  settings: ApiSettings,
  failure: Failure,
  visit: Visit | undefined,
  asked: Asked | undefined,
): Promise<Response> {
  const view = settingsOf(c, settings);
  if (visit === undefined) return page(c, settings, 400, view.nonce, unknownPage(view));
  // Silence of the shadow service says nothing of the door: what is known of the request is told.
  const opening =
    failure.code === 'device_unreachable' && asked !== undefined
      ? await followOpening(settings.deps, visit, asked.requestId)
      : undefined;
  const status = respondFailure('lock', failure, c.get('requestId')).status;
  if (isShut(visit)) return page(c, settings, status, view.nonce, closedPage(visit, view, opening));
  const texts = messagesIn(view.language);
  const said = () => {
    switch (failure.code) {
      case 'invalid_pin':
        return texts.pinWrong;
      case 'rate_limited':
        return fill(texts.limited, { seconds: failure.retryAfterSeconds ?? 60 });
      default:
        return texts.refused;
    }
  };
  const answer = page(
    c,
    settings,
    status,
    view.nonce,
    openPage(visit, view, {
      doorId: asked?.doorId,
      opening,
      said:
        opening === undefined ? { text: said(), tone: 'alarm', reference: c.get('requestId') } : undefined,
    }),
  );
  if (failure.retryAfterSeconds !== undefined)
    answer.headers.set('Retry-After', String(failure.retryAfterSeconds));
  return answer;
}

/**
 * POST …/open and …/doors/{doorId}/open (lock-api 7): 303 to the page that tells what became of it, JSON for the page's
 * own script. 400 for a link that is not good, 403 for people who are not on its list.
 */
async function open(c: ApiContext, settings: ApiSettings): Promise<Response> {
  const { deps } = settings;
  const askedAt = askedAtOf(settings);
  let visit: Visit | undefined;
  let asked: Asked | undefined;
  try {
    const guest = await guestOf(c, settings);
    visit = guest.visit;
    if (visit === undefined) {
      void noteDeadLink(deps, {
        token: bearerOf(c) ?? c.req.param('name'),
        doorId: c.req.param('doorId'),
        address: addressOf(c, settings.trustProxy),
      });
      throw new Failure('invalid', { issues: [{ field: 'uuid', message: 'is not usable' }] });
    }
    asked = await readAsked(c);
    const view = settingsOf(c, settings);
    if (asked.isQuestion && !wantsJson(c) && !isShut(visit)) {
      const door = doorOf(visit, asked.doorId);
      const question = { door, requestId: asked.requestId, pin: asked.pin };
      return page(c, settings, 200, view.nonce, confirmPage(visit, view, question));
    }
    const caller = {
      principal: guest.user,
      askedAt,
      address: addressOf(c, settings.trustProxy),
      language: view.language,
    };
    const { door, offline } = await openByLink(deps, caller, visit, asked);
    const { requestId } = asked;
    if (wantsJson(c))
      return respond(200, { success: true, requestId, door: door.id, offline }, c.get('requestId'));
    const query = new URLSearchParams({ door: door.id, offline: offline ? '1' : '0', request: requestId });
    return new Response(null, {
      status: 303,
      headers: {
        Location: `${view.base}?${query}`,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
      },
    });
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'internal' || failure.code === 'unavailable') throw error;
    if (wantsJson(c)) return respondFailure('lock', failure, c.get('requestId'));
    return refusalPage(c, settings, failure, visit, asked);
  }
}

const openingAnswer = (row: OpeningRow) => ({
  status: row.status,
  createdAt: row.createdAt.toISOString(),
  ...(row.sentAt && { sentAt: row.sentAt.toISOString() }),
  ...(row.acceptedAt && { acceptedAt: row.acceptedAt.toISOString() }),
  ...(row.outcomeAt && { outcomeAt: row.outcomeAt.toISOString() }),
  lateReport: row.lateReport,
  ...outcomeOf(row),
  isOver: isOver(row),
});

/** GET …/openings/{requestId} (ours): how far the guest's own request has come. */
async function follow(c: ApiContext, settings: ApiSettings): Promise<Response> {
  const { visit } = await guestOf(c, settings);
  const requestId = c.req.param('requestId') ?? '';
  const isUsable = requestId.length <= requestIdMost && !requestId.includes('\u0000');
  const row =
    visit === undefined || !isUsable ? undefined : await followOpening(settings.deps, visit, requestId);
  if (row === undefined) throw new Failure('not_found');
  return respond(200, openingAnswer(row), c.get('requestId'));
}

/** GET …/state (ours): what an open page asks every second, so that it notices a right that is gone (I7) and doors that changed. */
async function state(c: ApiContext, settings: ApiSettings): Promise<Response> {
  const { visit } = await guestOf(c, settings);
  const told =
    visit === undefined
      ? { state: 'unknown' }
      : isShut(visit)
        ? { state: visit.access.reason }
        : { state: 'open', ...doorsNow(visit, messagesIn(languageOf(c))) };
  return respond(200, told, c.get('requestId'));
}

type Work = (c: ApiContext, settings: ApiSettings) => Promise<Response>;
type Refuse = (c: ApiContext, settings: ApiSettings, failure: Failure) => Response;

const refuseWithJson: Refuse = (c, _settings, failure) => respondFailure('lock', failure, c.get('requestId'));

/** People see a page, whatever went wrong; programs read JSON. */
const refuseWithPage: Refuse = (c, settings, failure) => {
  const told = refuseWithJson(c, settings, failure);
  if (!wantsHtml(c)) return told;
  const view = settingsOf(c, settings);
  const failed = { isRequest: c.req.method === 'POST', path: pathOf(c), reference: c.get('requestId') };
  const answer = page(c, settings, told.status, view.nonce, awayPage(view, failed));
  const retryAfter = told.headers.get('Retry-After');
  if (retryAfter !== null) answer.headers.set('Retry-After', retryAfter);
  return answer;
};

/** Puts the guest's page and its calls on the API app, at `/k/{token}` and at the lock API's own paths. */
export function mountGuestPage(app: OpenAPIHono<ApiEnv>, settings: ApiSettings): void {
  const bound = (name: string, work: Work, refuse: Refuse) => async (c: ApiContext) => {
    c.set('requestId', randomUUID());
    const startedAt = performance.now();
    let answer: Response;
    try {
      answer = await withDeadline(work(c, settings));
    } catch (error) {
      const failure = toFailure(error);
      const level = failure.code === 'internal' ? 'error' : failure.code === 'unavailable' ? 'warn' : 'debug';
      // Never the path: the token stands in it.
      settings.deps.log[level](
        {
          requestId: c.get('requestId'),
          operation: name,
          failure: failure.code,
          err: failure.cause ?? undefined,
        },
        'request refused',
      );
      answer = refuse(c, settings, failure);
    }
    settings.onRequest?.(name, answer.status, performance.now() - startedAt);
    answer.headers.set('X-Request-Id', c.get('requestId'));
    return answer;
  };
  for (const base of ['/k/:name', '/temp-keys/:name']) {
    app.get(base, bound('guest.page', show, refuseWithPage));
    app.get(`${base}/state`, bound('guest.state', state, refuseWithJson));
    app.get(`${base}/openings/:requestId`, bound('guest.opening', follow, refuseWithJson));
    app.post(`${base}/open`, bound('guest.open', open, refuseWithPage));
    app.post(`${base}/doors/:doorId/open`, bound('guest.open', open, refuseWithPage));
  }
  app.all('/k/*', (c) => {
    const view = { ...settingsOf(c, settings), base: '/k' };
    return page(c, settings, 404, view.nonce, unknownPage(view));
  });
}
