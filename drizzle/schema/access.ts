import {
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bigintId, bytes, moment } from './columns';
import { homes } from './homes';
import { locks } from './locks';
import { projects } from './projects';
import { users } from './users';

/** When something is allowed; judged in the time zone of the lock's home. Null: no limit. */
const window = () => ({
  validFrom: moment('valid_from'),
  validUntil: moment('valid_until'),
  /** Bits of the days on which it is allowed, Monday is 1; null: every day. */
  weekdays: smallint('weekdays'),
  /** Minutes after midnight. An end at or before the start is on the next day. */
  fromMinute: smallint('from_minute'),
  untilMinute: smallint('until_minute'),
});

/**
 * A PIN code that a keypad lock takes: what it is called and when it counts, never its digits. The row says what the lock
 * has; what it is to have is in `lock_key_commands` until the lock has it.
 */
export const lockPins = pgTable(
  'lock_pins',
  {
    id: uuid('id').primaryKey(),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** Its place in the lock; null until the lock has it. */
    slot: integer('slot'),
    ...window(),
    state: text('state', { enum: ['pending', 'set', 'failed', 'removing'] }).notNull(),
    /** What came of the last try, when that failed. */
    error: text('error'),
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: moment('created_at').notNull(),
    setAt: moment('set_at'),
    /** Set: no lock has it any more, as far as is known. */
    removedAt: moment('removed_at'),
  },
  (table) => [index('lock_pins_lock').on(table.lockId, table.createdAt)],
);

/** A right to open one lock, given to one person of its home. */
export const lockGrants = pgTable(
  'lock_grants',
  {
    id: uuid('id').primaryKey(),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    ...window(),
    note: text('note'),
    grantedByKind: text('granted_by_kind').notNull(),
    grantedById: text('granted_by_id').notNull(),
    grantedByName: text('granted_by_name').notNull(),
    createdAt: moment('created_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    index('lock_grants_lock').on(table.lockId, table.userId),
    index('lock_grants_user').on(table.userId),
  ],
);

/** A guest link, the temporary key of the lock API: the uuid names it, the token opens it. */
export const guestLinks = pgTable(
  'guest_links',
  {
    uuid: uuid('uuid').primaryKey(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id').references(() => homes.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token, which is shown once. */
    tokenHash: bytes('token_hash').notNull(),
    accessMode: text('access_mode', { enum: ['public', 'user-whitelist'] })
      .notNull()
      .default('public'),
    allowedUserIds: jsonb('allowed_user_ids').$type<string[]>(),
    label: text('label'),
    description: text('description'),
    ...window(),
    /** Openings in all; null: any number. */
    maxUses: integer('max_uses'),
    usedCount: integer('used_count').notNull().default(0),
    lastUsedAt: moment('last_used_at'),
    createdByKind: text('created_by_kind').notNull(),
    createdById: text('created_by_id').notNull(),
    createdByName: text('created_by_name').notNull(),
    createdAt: moment('created_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('guest_links_token').on(table.tokenHash),
    index('guest_links_home').on(table.homeId, table.createdAt.desc()),
    index('guest_links_project').on(table.projectId, table.createdAt.desc()),
  ],
);

/** A door of a guest link. */
export const guestLinkDoors = pgTable(
  'guest_link_doors',
  {
    id: uuid('id').primaryKey(),
    linkUuid: uuid('link_uuid')
      .notNull()
      .references(() => guestLinks.uuid, { onDelete: 'cascade' }),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    label: text('label'),
    accessMethod: text('access_method', { enum: ['key', 'code', 'both'] })
      .notNull()
      .default('key'),
    place: integer('place').notNull().default(0),
  },
  (table) => [
    uniqueIndex('guest_link_doors_door').on(table.linkUuid, table.lockId),
    index('guest_link_doors_lock').on(table.lockId),
  ],
);

/** The PIN of a guest link at one of its doors, as a keyed digest: found by equality, useless without the secret. */
export const guestPins = pgTable(
  'guest_pins',
  {
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    digest: bytes('digest').notNull(),
    linkUuid: uuid('link_uuid')
      .notNull()
      .references(() => guestLinks.uuid, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.lockId, table.digest] }),
    index('guest_pins_link').on(table.linkUuid),
  ],
);
