import { randomUUID } from 'node:crypto';
import type { Executor } from '../db/client';
import { run } from '../db/prepared';

/** Where events of ours come from, on the lock API's wire (lock-api 7.1). */
const eventSource = 'spk.api';
const shadowSource = 'spk.iot.shadow';
export const shadowUpdateEvent = 'Shadow Update';

/** The envelope of EventBridge; its id stays the same however often it is delivered. */
const envelopeOf = (source: string, type: string, at: Date, detail: object): string =>
  JSON.stringify({
    id: randomUUID(),
    source,
    'detail-type': type,
    time: at.toISOString(),
    region: 'local',
    account: '000000000000',
    version: '0',
    resources: [],
    detail,
  });

/** Text of a domain event for webhooks; here `data` does name its type. */
export const domainEventText = (event: {
  aggregateType: string;
  aggregateId: string;
  version: number;
  type: string;
  data: Record<string, unknown>;
  orgId: string | null;
  at: Date;
}): string =>
  envelopeOf(eventSource, event.type, event.at, {
    partnerId: event.orgId,
    aggregateType: event.aggregateType,
    aggregateId: event.aggregateId,
    version: event.version,
    timestamp: event.at.getTime(),
    data: { type: event.type, ...event.data },
  });

export interface ShadowStates {
  thingName: string;
  version: number;
  desired: object | undefined;
  reported: object | undefined;
  delta: object | undefined;
  metadata: object;
}

const insertShadowUpdate = `
  insert into webhook_deliveries (project_id, module_id, kind, url, body, next_attempt_at, created_at)
  select w.project_id, w.id::text, 'organisation', w.url,
    jsonb_set($2::text::jsonb, '{detail,partnerId}', to_jsonb(p.uuid::text))::text,
    $3::text::timestamptz, $3::text::timestamptz
  from things t join org_webhooks w on w.project_id = t.project_id join projects p on p.id = w.project_id
  where t.name = $1 and not w.suspended and (w.events ? '*' or w.events ? '${shadowUpdateEvent}')`;

/** Queues a shadow update for the organisation's webhooks, in the caller's transaction; the states are JSON in texts. */
export async function enqueueShadowUpdate(executor: Executor, states: ShadowStates, at: Date): Promise<void> {
  const text = (state: object | undefined) => JSON.stringify(state ?? {});
  const body = envelopeOf(shadowSource, shadowUpdateEvent, at, {
    thingName: states.thingName,
    version: states.version,
    desiredState: text(states.desired),
    reportedState: text(states.reported),
    deltaState: text(states.delta),
    metadata: text(states.metadata),
  });
  await run(executor, insertShadowUpdate, [states.thingName, body, at.toISOString()]);
}
