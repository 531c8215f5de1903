import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bigintId, moment } from './columns';
import { homes } from './homes';

/**
 * What apps and pages of a home are told, in the order they are told it. The row is the outbox as well: written in
 * the transaction that made the change and announced on the bus after commit.
 */
export const homeEvents = pgTable(
  'home_events',
  {
    // No foreign key: whoever writes a line holds the home's row, which gave the position, and a trigger takes the lines
    // of a deleted home away. The check of a key would cost as much as the line.
    homeId: bigintId('home_id').notNull(),
    position: bigintId('position').notNull(),
    topic: text('topic', {
      enum: [
        'event',
        'door',
        'opening',
        'presence',
        'kv',
        'member',
        'home',
        'access',
        'hub',
        'commissioning',
        'view',
      ],
    }).notNull(),
    /** JSON null where `body` says it all. */
    payload: jsonb('payload').notNull(),
    /** JSON text of a device event as it goes to apps, its numbers as they came; null for the other topics. */
    body: text('body'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.homeId, table.position] }),
    // What happened to a home and its things, without the many lines that devices tell.
    index('home_events_told').on(table.homeId, table.position).where(sql`topic not in ('event', 'kv')`),
  ],
);

/**
 * Up to which position the bus has carried a home's log without a gap. One row a home and second instead of a mark on
 * every line: marking costs PostgreSQL as much as writing the line did.
 */
export const homeAnnouncements = pgTable('home_announcements', {
  homeId: bigintId('home_id')
    .primaryKey()
    .references(() => homes.id, { onDelete: 'cascade' }),
  position: bigintId('position').notNull(),
});
