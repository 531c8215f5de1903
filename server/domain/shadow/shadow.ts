import { emptyObject, type JsonObject } from '../json';
import {
  deltaOf,
  mergeSection,
  metadataOf,
  type ShadowMetadata,
  type ShadowState,
  sections,
  stampAll,
} from './document';
import { defaultLimits, type ShadowLimits, type ShadowRejection, type UpdateRequest } from './request';

/** A stored shadow. `deleted`: a tombstone that keeps the version, so that it only ever rises. */
export interface Shadow {
  version: number;
  deleted: boolean;
  state: ShadowState;
  metadata: ShadowMetadata;
}

type Document = Record<string, unknown>;
type Refused = { ok: false; rejection: ShadowRejection };

const withToken = (document: Document, clientToken: string | undefined): Document =>
  clientToken === undefined ? document : { ...document, clientToken };

export const noShadow = (label: string): ShadowRejection => ({
  code: 404,
  message: `No shadow exists with name: '${label}'`,
});

export interface Updated {
  ok: true;
  next: Shadow;
  accepted: Document;
  delta?: Document;
  documents: Document;
}

const bytesOf = (state: ShadowState): number =>
  sections.reduce(
    (sum, section) => sum + (state[section] ? Buffer.byteLength(JSON.stringify(state[section])) : 0),
    0,
  );

/** Applies an update to what is stored: checks 8 and 9, merge, version, and every document it causes. `seconds`: now. */
export function applyUpdate(
  current: Shadow | undefined,
  request: UpdateRequest,
  seconds: number,
  limits: ShadowLimits = defaultLimits,
): Updated | Refused {
  const live = current !== undefined && !current.deleted ? current : undefined;
  if (live !== undefined && request.version !== undefined && request.version !== live.version) {
    return { ok: false, rejection: { code: 409, message: 'Version conflict' } };
  }
  const state: ShadowState = {};
  const metadata: ShadowMetadata = {};
  for (const section of sections) {
    const patch = request.state === null ? null : request.state[section];
    const kept =
      patch === undefined
        ? live?.state[section] && {
            value: live.state[section],
            metadata: live.metadata[section] ?? emptyObject(),
          }
        : mergeSection(live?.state[section], live?.metadata[section], patch, seconds);
    if (kept === undefined) continue;
    state[section] = kept.value;
    metadata[section] = kept.metadata;
  }
  if (bytesOf(state) > limits.documentBytes) {
    return { ok: false, rejection: { code: 413, message: 'The payload exceeds the maximum size allowed' } };
  }
  const next: Shadow = { version: (current?.version ?? 0) + 1, deleted: false, state, metadata };
  const delta = deltaOf(state.desired, state.reported);
  const head = { version: next.version, timestamp: seconds };
  const sent = request.state === null ? null : { ...request.state };
  const sentMetadata: Record<string, unknown> = {};
  for (const section of sections) {
    const patch = request.state?.[section];
    if (patch) sentMetadata[section] = stampAll(patch, seconds);
  }
  return {
    ok: true,
    next,
    accepted: withToken({ state: sent, metadata: sentMetadata, ...head }, request.clientToken),
    ...(delta === undefined
      ? {}
      : {
          delta: withToken(
            { state: delta, metadata: metadataOf(delta, metadata.desired), ...head },
            request.clientToken,
          ),
        }),
    documents: withToken(
      {
        previous:
          live === undefined ? null : { state: live.state, metadata: live.metadata, version: live.version },
        current: { state, metadata, version: next.version },
        timestamp: seconds,
      },
      request.clientToken,
    ),
  };
}

/** Answers a get; `label` is the shadow's name, or the thing's for the classic one (device-shadow 5). */
export function applyGet(
  current: Shadow | undefined,
  request: { clientToken?: string },
  seconds: number,
  label: string,
): { ok: true; accepted: Document } | Refused {
  if (current === undefined || current.deleted) return { ok: false, rejection: noShadow(label) };
  const delta = deltaOf(current.state.desired, current.state.reported);
  const state: ShadowState & { delta?: JsonObject } = { ...current.state };
  if (delta !== undefined) state.delta = delta;
  return {
    ok: true,
    accepted: withToken(
      { state, metadata: current.metadata, version: current.version, timestamp: seconds },
      request.clientToken,
    ),
  };
}

/** Deletes; the version of the delete itself is kept in the tombstone. */
export function applyDelete(
  current: Shadow | undefined,
  request: { clientToken?: string },
  seconds: number,
  label: string,
): { ok: true; next: Shadow; accepted: Document } | Refused {
  if (current === undefined || current.deleted) return { ok: false, rejection: noShadow(label) };
  return {
    ok: true,
    next: { version: current.version + 1, deleted: true, state: {}, metadata: {} },
    accepted: withToken({ version: current.version, timestamp: seconds }, request.clientToken),
  };
}
