import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { bigintId, identityId, moment } from './columns';

/** Mails and SMS texts kept because no real transport is set. */
export const messages = pgTable(
  'messages',
  {
    id: identityId(),
    projectId: bigintId('project_id').notNull(),
    channel: text('channel', { enum: ['mail', 'sms'] }).notNull(),
    recipient: text('recipient').notNull(),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('messages_recipient').on(table.recipient, table.createdAt)],
);
