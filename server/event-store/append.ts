import type { Executor } from '../db/client';
import { run } from '../db/prepared';
import { domainEventText } from './org-webhooks';

/** What has a history of its own, as the lock API names it. */
export type AggregateType = 'lock' | 'hub' | 'matter-device';

export interface AppendedEvent {
  aggregateType: AggregateType;
  aggregateId: string;
  /** Version after this event: dense from 1. A second writer of the same version is refused by the primary key. */
  version: number;
  type: string;
  data: Record<string, unknown>;
  orgId: string | null;
  at: Date;
}

const insertEvent = `
  with organisation as (
    select p.id, w.id as webhook, w.url from projects p join org_webhooks w on w.project_id = p.id
    where p.uuid = $6::text::uuid and not w.suspended and (w.events ? '*' or w.events ? $4::text)
  ), queued as (
    insert into webhook_deliveries (project_id, module_id, kind, url, body, next_attempt_at, created_at)
    select id, webhook::text, 'organisation', url, $8::text, $7::text::timestamptz, $7::text::timestamptz
    from organisation
  )
  insert into domain_events (aggregate_type, aggregate_id, version, type, data, org_id, created_at)
  values ($1::text, $2::text, $3::integer, $4::text, $5::text::json, $6::text, $7::text::timestamptz)`;

/**
 * Appends one event of an aggregate, in the caller's transaction, and queues it for the webhooks of its organisation
 * (lock-api 7.1) in the same statement. Raises a duplicate-key error when the version is taken.
 */
export async function appendEvent(executor: Executor, event: AppendedEvent): Promise<void> {
  const { aggregateType, aggregateId, version, type, data, orgId, at } = event;
  await run(executor, insertEvent, [
    aggregateType,
    aggregateId,
    version,
    type,
    JSON.stringify(data),
    orgId,
    at.toISOString(),
    domainEventText(event),
  ]);
}

/**
 * Appends what a command decided, in order, after the version that the aggregate has; returns the version it has then.
 * The caller holds the aggregate's row and writes the version there.
 */
export async function appendEvents(
  executor: Executor,
  aggregate: Pick<AppendedEvent, 'aggregateType' | 'aggregateId' | 'orgId'> & { version: number },
  events: readonly { type: string; data: object }[],
  at: Date,
): Promise<number> {
  let { version } = aggregate;
  for (const { type, data } of events) {
    version += 1;
    await appendEvent(executor, { ...aggregate, version, type, data: data as Record<string, unknown>, at });
  }
  return version;
}
