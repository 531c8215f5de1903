import { index, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns';

/** The history of every aggregate; (aggregateType, aggregateId, version) unique is the optimistic lock. */
export const domainEvents = pgTable(
  'domain_events',
  {
    aggregateType: text('aggregate_type').notNull(),
    aggregateId: text('aggregate_id').notNull(),
    version: integer('version').notNull(),
    type: text('type').notNull(),
    data: json('data').$type<Record<string, unknown>>().notNull(),
    orgId: text('org_id'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.aggregateType, table.aggregateId, table.version] }),
    index('domain_events_created').using('brin', table.createdAt),
  ],
);
