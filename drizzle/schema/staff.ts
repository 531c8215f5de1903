import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';
import { homes } from './homes';
import { projects } from './projects';

/** People who manage homes for others. They are no users of a project, and open no door. */
export const staffAccounts = pgTable(
  'staff_accounts',
  {
    id: identityId(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    role: text('role', { enum: ['support', 'admin'] }).notNull(),
    /** Null until the account was set up by its link. */
    passwordHash: text('password_hash'),
    /** SHA-256 of the link that sets the password; the link itself is shown once. */
    setupHash: bytes('setup_hash').unique(),
    setupExpiresAt: moment('setup_expires_at'),
    /** Secret of the authenticator app, sealed; null until one was proved. */
    sealedTotp: bytes('sealed_totp'),
    /** Secret that was shown and is not proved yet. */
    sealedNewTotp: bytes('sealed_new_totp'),
    /** Time step of the last code that was taken: a code is good once. */
    totpStep: bigint('totp_step', { mode: 'number' }),
    /** True: every project, those to come included. Otherwise those of `staff_grants`. */
    everyProject: boolean('every_project').notNull().default(false),
    disabledAt: moment('disabled_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('staff_accounts_email').on(sql`lower(${table.email})`)],
);

/** The projects that a staff account works for. */
export const staffGrants = pgTable(
  'staff_grants',
  {
    accountId: bigintId('account_id')
      .notNull()
      .references(() => staffAccounts.id, { onDelete: 'cascade' }),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.projectId] })],
);

/** A staff sign-in. It is worth nothing before its second factor was proved. */
export const staffSessions = pgTable(
  'staff_sessions',
  {
    id: uuid('id').primaryKey(),
    accountId: bigintId('account_id')
      .notNull()
      .references(() => staffAccounts.id, { onDelete: 'cascade' }),
    /** SHA-256 of the cookie's token. */
    tokenHash: bytes('token_hash').notNull().unique(),
    createdAt: moment('created_at').notNull(),
    /** When the second factor was proved. */
    provedAt: moment('proved_at'),
    lastSeenAt: moment('last_seen_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    address: text('address'),
    userAgent: text('user_agent'),
  },
  (table) => [index('staff_sessions_account').on(table.accountId)],
);

/** A look at a home through its owner's eyes: asked for with a reason, granted for minutes, ended by either side. */
export const homeViews = pgTable(
  'home_views',
  {
    id: uuid('id').primaryKey(),
    homeId: bigintId('home_id')
      .notNull()
      .references(() => homes.id, { onDelete: 'cascade' }),
    accountId: bigintId('account_id')
      .notNull()
      .references(() => staffAccounts.id, { onDelete: 'cascade' }),
    staffName: text('staff_name').notNull(),
    reason: text('reason').notNull(),
    minutes: integer('minutes').notNull(),
    status: text('status', { enum: ['asked', 'granted', 'refused', 'ended', 'expired'] }).notNull(),
    /** The owner who answered. */
    decidedBy: bigintId('decided_by'),
    askedAt: moment('asked_at').notNull(),
    decidedAt: moment('decided_at'),
    /** An unanswered request, and then the grant, is good until here. */
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    index('home_views_home').on(table.homeId, table.askedAt.desc()),
    index('home_views_account').on(table.accountId, table.askedAt.desc()),
    uniqueIndex('home_views_open')
      .on(table.homeId, table.accountId)
      .where(sql`status in ('asked', 'granted')`),
  ],
);

/** A search that somebody keeps. */
export const staffViews = pgTable(
  'staff_views',
  {
    id: identityId(),
    accountId: bigintId('account_id')
      .notNull()
      .references(() => staffAccounts.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    query: jsonb('query').$type<Record<string, string>>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('staff_views_name').on(table.accountId, table.name)],
);
