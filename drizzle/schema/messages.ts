import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';

/**
 * Mails and SMS texts, written in the transaction that causes them: queue and log in one. Without a transport they are
 * kept in plain text for the operator; with one the text is sealed while it waits and gone once it was sent.
 */
export const messages = pgTable(
  'messages',
  {
    id: identityId(),
    projectId: bigintId('project_id').notNull(),
    channel: text('channel', { enum: ['mail', 'sms'] }).notNull(),
    recipient: text('recipient').notNull(),
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
  ],
);
