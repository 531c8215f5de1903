import { bigint, index, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bigintId, bytes, moment } from './columns';
import { staffAccounts } from './staff';
import { users } from './users';

/** What is kept of a WebAuthn credential, whoever has it. */
const credential = {
  /** Credential id, base64url as authenticators name it. */
  id: text('id').primaryKey(),
  /** COSE public key. */
  publicKey: bytes('public_key').notNull(),
  /** Signature counter last seen; one that falls back is a copy. Zero where the authenticator counts nothing. */
  counter: bigint('counter', { mode: 'number' }).notNull().default(0),
  transports: jsonb('transports').$type<string[]>(),
  name: text('name').notNull(),
  createdAt: moment('created_at').notNull(),
  lastUsedAt: moment('last_used_at'),
};

/** A WebAuthn credential of a person: to sign in with, and for doors whose gesture asks for one. */
export const passkeys = pgTable(
  'passkeys',
  {
    ...credential,
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [index('passkeys_user').on(table.userId)],
);

/** A second factor of somebody of the staff, beside the authenticator app. */
export const staffPasskeys = pgTable(
  'staff_passkeys',
  {
    ...credential,
    accountId: bigintId('account_id')
      .notNull()
      .references(() => staffAccounts.id, { onDelete: 'cascade' }),
  },
  (table) => [index('staff_passkeys_account').on(table.accountId)],
);

/** A challenge that was handed out: once, for one purpose, for a few minutes. */
export const passkeyChallenges = pgTable(
  'passkey_challenges',
  {
    id: uuid('id').primaryKey(),
    /** Null: whoever signs in. */
    userId: bigintId('user_id').references(() => users.id, { onDelete: 'cascade' }),
    purpose: text('purpose', {
      enum: ['register', 'sign-in', 'open', 'settings', 'link', 'staff-register', 'staff-prove'],
    }).notNull(),
    /** The member of the staff that it is for. */
    accountId: bigintId('account_id').references(() => staffAccounts.id, { onDelete: 'cascade' }),
    /** Of an opening, of settings and of a guest link: the lock that it is good for. */
    lockId: bigintId('lock_id'),
    challenge: bytes('challenge').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('passkey_challenges_expiry').on(table.expiresAt)],
);
