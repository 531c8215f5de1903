import { sql } from 'drizzle-orm';
import { boolean, index, integer, json, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintId, moment } from './columns';
import { locks } from './locks';

/** One row per intent to open a door: who, how, and what came of it. */
export const openings = pgTable(
  'openings',
  {
    id: uuid('id').primaryKey(),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id'),
    principalKind: text('principal_kind').notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    via: text('via', { enum: ['api', 'page', 'admin', 'link', 'pin'] }).notNull(),
    address: text('address'),
    requestId: text('request_id'),
    reason: text('reason'),
    gesture: text('gesture'),
    status: text('status', {
      enum: ['pending', 'sent', 'accepted', 'confirmed', 'failed', 'expired', 'unresolved'],
    }).notNull(),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
    acceptedAt: moment('accepted_at'),
    outcomeAt: moment('outcome_at'),
    expiresAt: moment('expires_at').notNull(),
    shadowVersion: integer('shadow_version'),
    /** The opening whose actuation this one shares. */
    joined: uuid('joined'),
    error: text('error'),
    lateReport: boolean('late_report').notNull().default(false),
    /** When the command was taken out of the shadow again; null while it may still stand there. */
    withdrawnAt: moment('withdrawn_at'),
    /** Version and body of the LockOpenRequested event once it is recorded: the first answer, kept for repeats. */
    eventVersion: integer('event_version'),
    event: json('event').$type<{ type: string; data: Record<string, unknown> }>(),
  },
  (table) => [
    uniqueIndex('openings_request').on(table.lockId, table.principalKind, table.principalId, table.requestId),
    // Written in the order of time; the figures of all doors read a stretch of it.
    index('openings_created').using('brin', table.createdAt),
    index('openings_lock_created').on(table.lockId, table.createdAt.desc(), table.id),
    index('openings_running')
      .on(table.expiresAt)
      .where(sql`status in ('pending','sent','accepted','unresolved')`),
    index('openings_to_withdraw')
      .on(table.outcomeAt)
      .where(sql`status in ('confirmed','failed','expired') and withdrawn_at is null and joined is null`),
    index('openings_joined').on(table.joined).where(sql`joined is not null`),
  ],
);
