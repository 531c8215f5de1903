import { domainEvents } from '@/drizzle/schema';
import type { Executor } from '../db/client';

export interface AppendedEvent {
  aggregateType: 'lock' | 'hub';
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
