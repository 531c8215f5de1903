import { sql } from 'drizzle-orm';
import { boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bigintId, moment } from './columns';
import { homes } from './homes';

/**
 * What apps and pages of a home are told, in the order they are told it. The row is the outbox as well: written in
 * the transaction that made the change, announced on the bus after commit, marked when the bus has carried it.
 */
export const homeEvents = pgTable(
  'home_events',
  {
    homeId: bigintId('home_id')
      .notNull()
      .references(() => homes.id, { onDelete: 'cascade' }),
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
      ],
    }).notNull(),
    payload: jsonb('payload').notNull(),
    /** JSON text of a device event as it goes to apps, its numbers as they came; null for the other topics. */
    body: text('body'),
    announced: boolean('announced').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.homeId, table.position] }),
    index('home_events_unannounced').on(table.createdAt).where(sql`not ${table.announced}`),
  ],
);
