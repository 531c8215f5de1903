import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import webPush from 'web-push';
import type { LeasedPush, PushOutcome } from '../services/notifications/lease-pushes';
import type { VapidKeys } from '../services/notifications/vapid-keys';
import { lookupAllowed } from './post-webhook';
import { isPublicAddress } from './public-address';

const timeoutMs = 10_000;
/** What must be looked at wakes a sleeping phone; the rest may wait (RFC 8030 section 5.3). */
const urgent: ReadonlySet<unknown> = new Set(['jammed', 'forced', 'refused']);

export interface PushSettings {
  keys: VapidKeys;
  /** Whom a push service may write to (RFC 8292 section 2.1): an https or mailto address. */
  subject: string;
  isAllowed?: (address: string) => boolean;
  now: () => Date;
}

/**
 * Encrypts a message to a browser (RFC 8291) and hands it to its push service, signed (RFC 8292). No redirects; private
 * addresses are refused when the name is resolved for the connection. Never throws.
 */
export async function postPush(
  push: Pick<LeasedPush, 'endpoint' | 'p256dh' | 'body' | 'usefulUntil'>,
  auth: Buffer,
  { keys, subject, isAllowed = isPublicAddress, now }: PushSettings,
): Promise<PushOutcome> {
  const ttl = Math.floor((push.usefulUntil.getTime() - now().getTime()) / 1_000);
  if (ttl <= 0) return { error: 'not sent in time', isFinal: true };
  const { tag, topic } = push.body;
  let made: webPush.RequestDetails;
  try {
    made = webPush.generateRequestDetails(
      { endpoint: push.endpoint, keys: { p256dh: push.p256dh, auth: auth.toString('base64url') } },
      JSON.stringify(push.body),
      {
        TTL: ttl,
        urgency: urgent.has(topic) ? 'high' : 'normal',
        contentEncoding: 'aes128gcm',
        vapidDetails: { subject, ...keys },
        ...(typeof tag === 'string' && /^[\w-]{1,32}$/.test(tag) ? { topic: tag } : {}),
      },
    );
  } catch {
    return { error: 'the subscription is not usable', isFinal: true };
  }
  const target = new URL(made.endpoint);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) return { error: 'the address is not public', isFinal: true };
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((settle) => {
    const request = send(
      target,
      {
        method: 'POST',
        headers: made.headers as Record<string, string>,
        agent: false,
        lookup: lookupAllowed(isAllowed),
        signal: AbortSignal.timeout(timeoutMs),
      },
      (response) => {
        response.resume();
        settle({ status: response.statusCode ?? 0 });
        setTimeout(() => response.destroy(), 1_000).unref();
      },
    );
    request.on('error', (error) =>
      settle({ error: error.name === 'TimeoutError' ? 'no answer in time' : error.message }),
    );
    request.end(made.body);
  });
}
