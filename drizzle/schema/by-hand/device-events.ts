import { bigint, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Every event of homes and devices, kept for their history. Partitioned by month; its migration is written by hand,
 * since partitions cannot be declared here.
 */
export const deviceEvents = pgTable('device_events', {
  homeId: bigint('home_id', { mode: 'number' }).notNull(),
  /** Place in the home's log. */
  position: bigint('position', { mode: 'number' }).notNull(),
  deviceId: bigint('device_id', { mode: 'number' }),
  eventType: text('event_type').notNull(),
  /** JSON text as apps got it, its numbers as they came. */
  body: text('body').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
});
