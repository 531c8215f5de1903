import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';
import { projects } from './projects';

/**
 * Mails and SMS texts, written in the transaction that causes them: queue and log in one. Without a transport they are
 * kept in plain text for the operator; with one the text is sealed while it waits and gone once it was sent.
 */
export const messages = pgTable(
  'messages',
  {
    id: identityId(),
    projectId: bigintId('project_id').notNull(),
    /** The home that it is about; null: an account, or written before this was kept. */
    homeId: bigintId('home_id'),
    channel: text('channel', { enum: ['mail', 'sms'] }).notNull(),
    recipient: text('recipient').notNull(),
    /** What it is written in; null: not known. */
    language: text('language', { enum: ['en', 'nb'] }),
    subject: text('subject').notNull(),
    /** Empty unless the message is kept: it holds codes and tokens. */
    body: text('body').notNull(),
    sealedBody: bytes('sealed_body'),
    status: text('status', { enum: ['waiting', 'sent', 'failed', 'kept'] })
      .notNull()
      .default('kept'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull().defaultNow(),
    /** Past this its code or link is no good any more, and it is not sent. */
    usefulUntil: moment('useful_until'),
    leasedUntil: moment('leased_until'),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    index('messages_recipient').on(table.recipient, table.createdAt),
    index('messages_due').on(table.nextAttemptAt).where(sql`${table.status} = 'waiting'`),
    index('messages_home').on(table.homeId, table.createdAt).where(sql`${table.homeId} is not null`),
    index('messages_project').on(table.projectId, table.createdAt),
  ],
);

/** What a project says in place of a standard text: placeholders are `{{name}}`. */
export const messageTemplates = pgTable(
  'message_templates',
  {
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    kind: text('kind').notNull(),
    language: text('language', { enum: ['en', 'nb'] }).notNull(),
    /** Empty for SMS. */
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    changedAt: moment('changed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.kind, table.language] })],
);
