import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bigintId, bytes, moment } from './columns';

/** An MQTT identity that owns shadows: `lock-<uuid>`, `hub-<uuid>`, `device-<id>`. */
export const things = pgTable(
  'things',
  {
    name: text('name').primaryKey(),
    kind: text('kind', { enum: ['lock', 'hub', 'device', 'matter'] }).notNull(),
    /** Null: of no organisation yet. */
    projectId: bigintId('project_id'),
    passwordHash: bytes('password_hash'),
    createdAt: moment('created_at').notNull().defaultNow(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('things_project').on(table.projectId)],
);

/** Client certificates of things, by fingerprint (SHA-256); the key is shown once. */
export const thingCertificates = pgTable(
  'thing_certificates',
  {
    fingerprint: bytes('fingerprint').primaryKey(),
    thing: text('thing')
      .notNull()
      .references(() => things.name, { onDelete: 'cascade' }),
    serialNumber: text('serial_number').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('thing_certificates_thing').on(table.thing)],
);

/** One document per thing and shadow name (empty name: the classic shadow). A deleted row is a tombstone: its version lives on. */
export const shadows = pgTable(
  'shadows',
  {
    thing: text('thing').notNull(),
    name: text('name').notNull().default(''),
    version: integer('version').notNull(),
    deleted: boolean('deleted').notNull().default(false),
    /** JSON text of `{desired?, reported?}`, kept as text so that no number changes on the way. */
    state: text('state').notNull(),
    metadata: text('metadata').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.thing, table.name] })],
);
