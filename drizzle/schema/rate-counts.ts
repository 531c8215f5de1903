import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from './columns';

/** Counted attempts that must hold across processes, one row a subject and kind. */
export const rateCounts = pgTable('rate_counts', {
  subject: text('subject').primaryKey(),
  windowStart: moment('window_start').notNull(),
  count: integer('count').notNull(),
});
