import { and, desc, eq } from 'drizzle-orm';
import { domainEvents } from '@/drizzle/schema';
import type { Executor } from '../db/client';
import type { AggregateType } from './append';

export type StoredEvent = typeof domainEvents.$inferSelect;

/** One page of an aggregate's history, newest first. */
export function loadEvents(
  executor: Executor,
  aggregateType: AggregateType,
  aggregateId: string,
  page: { limit: number; offset: number },
): Promise<StoredEvent[]> {
  return executor
    .select()
    .from(domainEvents)
    .where(and(eq(domainEvents.aggregateType, aggregateType), eq(domainEvents.aggregateId, aggregateId)))
    .orderBy(desc(domainEvents.version))
    .limit(page.limit)
    .offset(page.offset);
}
