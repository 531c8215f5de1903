import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';
import { homes } from './homes';
import { locks } from './locks';
import { users } from './users';

/** A browser that a person wants to be told things on (RFC 8030). */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: uuid('id').primaryKey(),
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The session it was made in; it ends with it. */
    sessionId: uuid('session_id'),
    endpoint: text('endpoint').notNull(),
    p256dh: text('p256dh').notNull(),
    /** The secret of the browser, sealed. */
    sealedAuth: bytes('sealed_auth').notNull(),
    userAgent: text('user_agent'),
    createdAt: moment('created_at').notNull(),
    lastSentAt: moment('last_sent_at'),
  },
  (table) => [
    uniqueIndex('push_subscriptions_endpoint').on(table.endpoint),
    index('push_subscriptions_user').on(table.userId),
  ],
);

/** What a person wants to hear of a door, or of a home as a whole (`lockId` 0), and how. No row: the default of its topic. */
export const notificationChoices = pgTable(
  'notification_choices',
  {
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id')
      .notNull()
      .references(() => homes.id, { onDelete: 'cascade' }),
    lockId: bigintId('lock_id').notNull().default(0),
    topic: text('topic').notNull(),
    channels: jsonb('channels').$type<string[]>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.homeId, table.lockId, table.topic] }),
    index('notification_choices_home').on(table.homeId),
  ],
);

/** What waits to be pushed to a browser: queue and log in one. */
export const pushMessages = pgTable(
  'push_messages',
  {
    id: identityId(),
    subscriptionId: uuid('subscription_id')
      .notNull()
      .references(() => pushSubscriptions.id, { onDelete: 'cascade' }),
    /** What happened, for one notification a browser whatever is repeated. */
    cause: text('cause').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    status: text('status', { enum: ['waiting', 'sent', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
    leasedUntil: moment('leased_until'),
    usefulUntil: moment('useful_until').notNull(),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('push_messages_cause').on(table.subscriptionId, table.cause),
    index('push_messages_created').on(table.createdAt),
    index('push_messages_due').on(table.nextAttemptAt).where(sql`${table.status} = 'waiting'`),
  ],
);

/** How far the notifier has read each home's log. */
export const notifiedHomes = pgTable('notified_homes', {
  homeId: bigintId('home_id')
    .primaryKey()
    .references(() => homes.id, { onDelete: 'cascade' }),
  position: bigintId('position').notNull(),
});

/** A person's favourite doors: first on the dashboard, and shortcuts of the installed app. */
export const favouriteDoors = pgTable(
  'favourite_doors',
  {
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    place: integer('place').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.userId, table.lockId] })],
);
