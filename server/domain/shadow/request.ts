import { isDeeperThan, isJsonObject, type Json, type JsonObject, parseJson } from '../json';
import { type Section, sections } from './document';

/** Answer on a `…/rejected` topic (device-shadow 6). */
export interface ShadowRejection {
  code: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 429 | 500;
  message: string;
}

export interface ShadowLimits {
  documentBytes: number;
  depth: number;
  tokenBytes: number;
  payloadBytes: number;
}
export const defaultLimits: ShadowLimits = {
  documentBytes: 8192,
  depth: 6,
  tokenBytes: 64,
  payloadBytes: 128 * 1024,
};

export interface UpdateRequest {
  /** Null empties both sections. */
  state: Partial<Record<Section, JsonObject | null>> | null;
  version?: number;
  clientToken?: string;
}

export type Parsed<Request> =
  | { ok: true; request: Request }
  | { ok: false; rejection: ShadowRejection; clientToken?: string };

const rejected = (code: ShadowRejection['code'], message: string, clientToken?: string): Parsed<never> => ({
  ok: false,
  rejection: { code, message },
  ...(clientToken === undefined ? {} : { clientToken }),
});

const utf8 = new TextDecoder('utf-8', { fatal: true });
const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).byteLength;

type ReadJson = { ok: true; body: JsonObject; clientToken?: string } | Extract<Parsed<never>, { ok: false }>;

/** Checks 1 and 2 of device-shadow 3: encoding, size, JSON object, client token. */
function readBody(payload: Uint8Array, limits: ShadowLimits): ReadJson {
  let text: string;
  try {
    text = utf8.decode(payload);
  } catch {
    return rejected(415, 'Unsupported documented encoding; supported encoding is UTF-8') as ReadJson;
  }
  if (payload.byteLength > limits.payloadBytes) {
    return rejected(413, 'The payload exceeds the maximum size allowed') as ReadJson;
  }
  const parsed = parseJson(text);
  if (!parsed.ok && parsed.problem === 'syntax') return rejected(400, 'Invalid JSON') as ReadJson;
  if (!isJsonObject(parsed.value)) return rejected(400, 'Invalid JSON') as ReadJson;
  const body = parsed.value;
  const token = Object.hasOwn(body, 'clientToken') ? body.clientToken : undefined;
  if (token !== undefined && (typeof token !== 'string' || byteLength(token) > limits.tokenBytes)) {
    return rejected(400, 'Invalid clientToken') as ReadJson;
  }
  // The token could be read, and without it the refusal would find nobody (device-shadow 2).
  if (!parsed.ok) return rejected(400, 'A number cannot be kept as it is written', token) as ReadJson;
  return { ok: true, body, ...(token === undefined ? {} : { clientToken: token }) };
}

/** Whether null stands inside an array, at any depth: there it would be kept and could mean nothing. */
function hasNullInArray(value: Json, isInside = false): boolean {
  if (value === null) return isInside;
  if (typeof value !== 'object') return false;
  const isNowInside = isInside || Array.isArray(value);
  return Object.values(value).some((member) => hasNullInArray(member, isNowInside));
}

/** Reads an update request; checks 1 to 7 of device-shadow 3 in their order. */
export function parseUpdate(
  payload: Uint8Array,
  limits: ShadowLimits = defaultLimits,
): Parsed<UpdateRequest> {
  const read = readBody(payload, limits);
  if (!read.ok) return read;
  const { body, clientToken } = read;
  const refuse = (message: string) => rejected(400, message, clientToken);
  if (!Object.hasOwn(body, 'state')) return refuse('Missing required node: state');
  const state = body.state ?? null;
  if (state !== null && !isJsonObject(state)) return refuse('State node must be an object');
  const patch: Partial<Record<Section, JsonObject | null>> = {};
  if (state !== null) {
    for (const name of Object.keys(state)) {
      if (name !== 'desired' && name !== 'reported')
        return refuse(`State contains an invalid node: '${name}'`);
    }
    for (const section of sections) {
      if (!Object.hasOwn(state, section)) continue;
      const value = state[section] ?? null;
      if (value !== null && !isJsonObject(value)) {
        return refuse(`${section === 'desired' ? 'Desired' : 'Reported'} node must be an object`);
      }
      patch[section] = value;
    }
  }
  const version = body.version ?? undefined;
  if (version !== undefined && (typeof version !== 'number' || !Number.isInteger(version) || version < 0)) {
    return refuse('Invalid version');
  }
  for (const value of Object.values(patch)) {
    if (value !== null && isDeeperThan(value, limits.depth)) {
      return refuse(`JSON contains too many levels of nesting; maximum is ${limits.depth}`);
    }
  }
  if (Object.values(patch).some((value) => value !== null && hasNullInArray(value))) {
    return refuse('Arrays must not contain null');
  }
  return {
    ok: true,
    request: {
      state: state === null ? null : patch,
      ...(version === undefined ? {} : { version }),
      ...(clientToken === undefined ? {} : { clientToken }),
    },
  };
}

/** Reads a get or delete request: empty, or an object with an optional client token (device-shadow 5). */
export function parseQuery(
  payload: Uint8Array,
  limits: ShadowLimits = defaultLimits,
): Parsed<{ clientToken?: string }> {
  if (payload.byteLength === 0) return { ok: true, request: {} };
  const read = readBody(payload, limits);
  if (!read.ok) return read;
  return { ok: true, request: read.clientToken === undefined ? {} : { clientToken: read.clientToken } };
}
