import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { Failure } from '../../domain/errors';
import { isFetchable } from '../../domain/jwks-address';
import type { Deps } from '../deps';

/** Silence of an identity provider after which its callers are told to come back. */
const answerMs = 3_000;
/** Keys are trusted so long without asking again; one that was withdrawn is refused after that. */
const keepMs = 10 * 60_000;
/** A token that names an unknown key makes us ask again, but not more often than this. */
const askAgainMs = 30_000;
/** After a failure so long nobody waits for the next attempt. */
const pauseMs = 5_000;
const mostBytes = 256 * 1024;

interface Known {
  keys?: { get: JWTVerifyGetKey; readAt: number };
  failedAt?: number;
  asking?: Promise<JWTVerifyGetKey>;
}
const known = new WeakMap<object, Map<string, Known>>();

/** What a provider is reached by. */
export interface JwksSource {
  jwksUrl: string;
  allowLoopback: boolean;
}

async function readLimited(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString();
    size += value.byteLength;
    if (size > mostBytes) {
      await reader.cancel();
      throw new Error('the key document is too large');
    }
    chunks.push(value);
  }
}

async function fetchKeys({ jwksUrl, allowLoopback }: JwksSource): Promise<JWTVerifyGetKey> {
  if (!isFetchable(jwksUrl, allowLoopback)) throw new Error('the address may not be fetched');
  const response = await fetch(jwksUrl, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(answerMs),
  });
  if (response.status !== 200) throw new Error(`the keys answer ${response.status}`);
  return createLocalJWKSet(JSON.parse(await readLimited(response)) as JSONWebKeySet);
}

const away = (cause?: unknown) =>
  new Failure('unavailable', {
    retryAfterSeconds: Math.ceil(pauseMs / 1000),
    message: 'the identity provider does not answer',
    cause,
  });

/** One question at a time for each address, whoever waits for it; others are not touched by it. */
function ask({ log, clock }: Deps, entry: Known, source: JwksSource): Promise<JWTVerifyGetKey> {
  if (entry.asking !== undefined) return entry.asking;
  const asking = fetchKeys(source)
    .then((get) => {
      entry.keys = { get, readAt: clock.now().getTime() };
      delete entry.failedAt;
      return get;
    })
    .catch((error: unknown) => {
      entry.failedAt = clock.now().getTime();
      log.warn({ err: error, jwksUrl: source.jwksUrl }, 'keys of an identity provider could not be read');
      throw away(error);
    })
    .finally(() => {
      delete entry.asking;
    });
  entry.asking = asking;
  return asking;
}

/**
 * The keys of an identity provider, as a look-up for verification. Fetched at first need, kept for ten minutes, asked
 * for anew when a token names an unknown one. Raises `unavailable` when they cannot be had.
 */
export function issuerKeys(deps: Deps, source: JwksSource): JWTVerifyGetKey {
  let entries = known.get(deps.db);
  if (entries === undefined) {
    entries = new Map();
    known.set(deps.db, entries);
  }
  const entry = entries.get(source.jwksUrl) ?? {};
  entries.set(source.jwksUrl, entry);
  const now = () => deps.clock.now().getTime();
  const fresh = () => {
    if (entry.failedAt !== undefined && now() - entry.failedAt < pauseMs) throw away();
    return ask(deps, entry, source);
  };
  return async (header, token) => {
    const { keys } = entry;
    const isKept = keys !== undefined && now() - keys.readAt < keepMs;
    const get = isKept ? keys.get : await fresh();
    try {
      return await get(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey;
      if (!isUnknown || !isKept || now() - keys.readAt < askAgainMs) throw error;
      return (await fresh())(header, token);
    }
  };
}
