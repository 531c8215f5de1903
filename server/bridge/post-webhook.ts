import { createHmac } from 'node:crypto';
import { lookup as resolve } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address';

const timeoutMs = 10_000;
const answerMostMs = 1_000;
const redirectsMost = 3;
const redirectCodes = new Set([301, 302, 307, 308]);

export interface WebhookPost {
  /** Exactly as configured: the signature covers it. */
  url: string;
  body: string;
  /** Key of the signature; absent: none is made (lock-api 7.1). */
  key?: string;
  /** A header that is always the same. */
  header?: { name: string; value: string };
  allowPrivate: boolean;
}
export type WebhookOutcome = { status: number } | { error: string } | { interrupted: true };

/** lower-case hex HMAC-SHA256 over the URL as configured and the raw body (mode-api 8). */
export const signWebhook = (key: string, url: string, body: string): string =>
  createHmac('sha256', key).update(url).update(body).digest('hex');

/** Checks what a name resolves to at the moment of connecting, so that a second look-up cannot change the answer. */
export const lookupAllowed =
  (isAllowed: IsAllowed): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 4);
      const refused = addresses.find(({ address }) => !isAllowed(address));
      if (refused !== undefined || addresses.length === 0)
        return callback(new Error('the address is not public'), '', 4);
      if (options.all) return callback(null, addresses);
      const [first] = addresses;
      return callback(null, first?.address ?? '', first?.family ?? 4);
    });
  };

/** Whether a request may go to this address. */
type IsAllowed = (address: string) => boolean;

type Step = WebhookOutcome | { location: string };

function postOnce(
  target: URL,
  headers: Record<string, string>,
  body: string,
  isAllowed: IsAllowed,
  signal: AbortSignal,
): Promise<Step> {
  return new Promise((settle) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (target.protocol !== 'http:' && target.protocol !== 'https:')
      return settle({ error: 'the address is not http' });
    if (isIP(host) !== 0 && !isAllowed(host)) return settle({ error: 'the address is not public' });
    const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
    const request = send(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        signal,
        lookup: lookupAllowed(isAllowed),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        const { location } = response.headers;
        // What the receiver has to say beyond this is of no interest, and may never end.
        response.resume();
        const cut = setTimeout(() => response.destroy(), answerMostMs).unref();
        response.once('close', () => clearTimeout(cut));
        settle(redirectCodes.has(status) && location !== undefined ? { location } : { status });
      },
    );
    request.on('error', (error) =>
      settle({
        error:
          error.name === 'TimeoutError' || error.name === 'AbortError' ? 'no answer in time' : error.message,
      }),
    );
    request.end(body);
  });
}

/**
 * Posts a webhook; follows few redirects and judges each target anew. Ten seconds for all of it; `stopping` breaks it
 * off, `isAllowed` judges addresses where the project does not allow them all. Never throws.
 */
export async function postWebhook(
  post: WebhookPost,
  { stopping, isAllowed = isPublicAddress }: { stopping?: AbortSignal; isAllowed?: IsAllowed } = {},
): Promise<WebhookOutcome> {
  if (!URL.canParse(post.url)) return { error: 'the address is not http' };
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  const stop = () => limit.abort();
  stopping?.addEventListener('abort', stop);
  try {
    const outcome = await followRedirects(post, post.allowPrivate ? () => true : isAllowed, limit.signal);
    return 'error' in outcome && stopping?.aborted === true ? { interrupted: true } : outcome;
  } finally {
    clearTimeout(timer);
    stopping?.removeEventListener('abort', stop);
  }
}

async function followRedirects(
  { url, body, key, header }: WebhookPost,
  isAllowed: IsAllowed,
  signal: AbortSignal,
): Promise<WebhookOutcome> {
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Latchkey-Webhooks/1',
    ...(header === undefined ? {} : { [header.name]: header.value }),
    ...(key === undefined ? {} : { 'x-mode-signature': signWebhook(key, url, body) }),
  };
  let target = new URL(url);
  for (let redirects = 0; redirects <= redirectsMost; redirects += 1) {
    const step = await postOnce(target, headers, body, isAllowed, signal);
    if (!('location' in step)) return step;
    if (!URL.canParse(step.location, target)) return { error: 'the redirect leads nowhere' };
    target = new URL(step.location, target);
  }
  return { error: 'too many redirects' };
}
