import { sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../db/client';
import { isJsonObject, type JsonObject } from '../../domain/json';
import type { Updated } from '../../domain/shadow/shadow';
import type { ShadowAddress } from '../../domain/topics';
import { enqueueShadowUpdate, shadowUpdateEvent } from '../../event-store/org-webhooks';
import type { Deps } from '../deps';

/** Openings pass here: whether anybody wants shadow updates at all is asked this rarely. */
const lookAgainMs = 1_000;
const known = new WeakMap<Database, { at: number; isWanted: Promise<boolean> }>();

/** Whether the update of a shadow may have to be told to a webhook; asked before its transaction, which it must not hold up. */
export function isShadowUpdateWanted({ db }: Deps): Promise<boolean> {
  const now = performance.now();
  const before = known.get(db);
  if (before !== undefined && now - before.at < lookAgainMs) return before.isWanted;
  const asked = db
    .execute<{ wanted: boolean }>(
      sql`select exists (select 1 from org_webhooks where not suspended
        and (events @> '["*"]'::jsonb or events @> ${JSON.stringify([shadowUpdateEvent])}::text::jsonb)) as wanted`,
    )
    .then(([row]) => row?.wanted === true);
  known.set(db, { at: now, isWanted: asked });
  // What could not be asked is asked again by the next.
  asked.catch(() => known.delete(db));
  return asked;
}

/** What a command is, and how far it is; of what it carries nothing. */
const openMembers = new Set([
  ...['id', 'type', 'issuedAt', 'expiresAt'],
  ...['state', 'step', 'error', 'updatedAt', 'invokeMs', 'device', 'slot'],
]);

/** A state whose commands are without what they carry: codes, PINs and passwords leave in no webhook. */
function withoutSecrets(state: JsonObject | undefined): JsonObject | undefined {
  if (state === undefined) return state;
  const told = { ...state };
  for (const name of ['command', 'pin']) {
    const command = state[name];
    if (!isJsonObject(command)) continue;
    told[name] = Object.fromEntries(Object.entries(command).filter(([member]) => openMembers.has(member)));
  }
  return told;
}

/** Queues an update of a classic shadow for the webhooks of its organisation, in the transaction that stores it (lock-api 7.1). */
export async function queueShadowUpdate(
  tx: Transaction,
  { thing, name }: ShadowAddress,
  { next, delta }: Updated,
  now: Date,
): Promise<void> {
  if (name !== '') return;
  await enqueueShadowUpdate(
    tx,
    {
      thingName: thing,
      version: next.version,
      desired: withoutSecrets(next.state.desired),
      reported: withoutSecrets(next.state.reported),
      delta: withoutSecrets(delta?.state as JsonObject | undefined),
      metadata: next.metadata,
    },
    now,
  );
}
