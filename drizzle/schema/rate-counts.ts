import { doublePrecision, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns';

/** Counted attempts that must hold across processes, one row a subject and kind. */
export const rateCounts = pgTable('rate_counts', {
  subject: text('subject').primaryKey(),
  windowStart: moment('window_start').notNull(),
  count: integer('count').notNull(),
});

/**
 * What is left to a subject of what it may do, filling up again with time. Processes take slices of it and spend them
 * without asking. Not logged: after a crash of PostgreSQL everybody has a full allowance.
 */
export const allowances = pgTable('allowances', {
  subject: text('subject').primaryKey(),
  tokens: doublePrecision('tokens').notNull(),
  /** What the last asker got. */
  granted: doublePrecision('granted').notNull(),
  most: doublePrecision('most').notNull(),
  perSecond: doublePrecision('per_second').notNull(),
  filledAt: moment('filled_at').notNull(),
});
