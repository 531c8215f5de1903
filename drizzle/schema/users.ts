import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';
import { projects } from './projects';
import { searchIndex, trigrams } from './search-texts';

export const users = pgTable(
  'users',
  {
    id: identityId(),
    uuid: uuid('uuid').notNull().unique().defaultRandom(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    email: text('email'),
    phoneNumber: text('phone_number'),
    name: text('name'),
    passwordHash: text('password_hash'),
    verified: boolean('verified').notNull().default(false),
    /** False for a placeholder made by an invitation: a later registration takes it over. */
    registered: boolean('registered').notNull().default(true),
    /** The `sub` of this person at the project's own identity provider. */
    externalKey: text('external_key'),
    /** Language in which the person is written to, as last asked for; null: never said. */
    language: text('language', { enum: ['en', 'nb'] }),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('users_project_email').on(table.projectId, sql`lower(${table.email})`),
    uniqueIndex('users_project_phone').on(table.projectId, table.phoneNumber),
    uniqueIndex('users_project_external').on(table.projectId, table.externalKey),
    index('users_search').using('gin', table.projectId, trigrams('users')).with(searchIndex),
  ],
);

/** One row per login, whatever the way: API token or browser cookie. */
export const userSessions = pgTable(
  'user_sessions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    appId: text('app_id').notNull(),
    /** SHA-256 of the token; the token itself is shown once. */
    tokenHash: bytes('token_hash').notNull().unique(),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
    /** Browser or app and address at sign-in, to recognise it by; null: never told. */
    userAgent: text('user_agent'),
    address: text('address'),
    /** Last use, to the hour at the latest. */
    lastSeenAt: moment('last_seen_at'),
  },
  (table) => [index('user_sessions_user').on(table.userId)],
);

/** Codes and tokens sent by mail or SMS: single use, hashed. */
export const verifications = pgTable(
  'verifications',
  {
    id: identityId(),
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose', { enum: ['email', 'phone', 'password-reset', 'invitation'] }).notNull(),
    secretHash: bytes('secret_hash').notNull(),
    triesLeft: bigintId('tries_left').notNull().default(5),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [
    index('verifications_user').on(table.userId, table.purpose),
    index('verifications_secret').on(table.secretHash),
  ],
);
