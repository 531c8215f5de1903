import { domainEvents } from '@/drizzle/schema';
import type { Executor } from '../db/client';

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

/** Appends one event of an aggregate, in the caller's transaction. Raises a duplicate-key error when the version is taken. */
export async function appendEvent(executor: Executor, event: AppendedEvent): Promise<void> {
  await executor.insert(domainEvents).values({
    aggregateType: event.aggregateType,
    aggregateId: event.aggregateId,
    version: event.version,
    type: event.type,
    data: event.data,
    orgId: event.orgId,
    createdAt: event.at,
  });
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
