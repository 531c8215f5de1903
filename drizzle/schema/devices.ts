import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';
import { homes } from './homes';
import { projects } from './projects';
import { searchIndex, trigrams } from './search-texts';

export const deviceClasses = pgTable(
  'device_classes',
  {
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    classId: text('class_id').notNull(),
    description: text('description').notNull().default(''),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.classId] })],
);

/** A MODE device. It has no parent but a home, and no command of it can open a door. */
export const devices = pgTable(
  'devices',
  {
    id: identityId(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id').references(() => homes.id, { onDelete: 'set null' }),
    deviceClass: text('device_class').notNull(),
    name: text('name'),
    tag: text('tag'),
    /** SHA-256 of the API key, which is shown at creation only. */
    keyHash: bytes('key_hash').notNull().unique(),
    /** SHA-256 finds it, the sealed text shows it again. Null for devices made on demand. */
    claimHash: bytes('claim_hash'),
    sealedClaimCode: bytes('sealed_claim_code'),
    isOnDemand: boolean('is_on_demand').notNull().default(false),
    claimTime: moment('claim_time'),
    claimExpirationTime: moment('claim_expiration_time'),
    isConnected: boolean('is_connected').notNull().default(false),
    lastConnectTime: moment('last_connect_time'),
    lastDisconnectTime: moment('last_disconnect_time'),
    lastCommandTime: moment('last_command_time'),
    lastEventTime: moment('last_event_time'),
    /** One counter for all changes of the device's key-value data. */
    kvRevision: bigintId('kv_revision').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('devices_home').on(table.homeId),
    uniqueIndex('devices_claim').on(table.projectId, table.claimHash),
    index('devices_search').using('gin', table.projectId, trigrams('devices')).with(searchIndex),
  ],
);

/** One open command channel of a device, leased by the node that holds it, so that a dead node's channels end by themselves. */
export const deviceConnections = pgTable(
  'device_connections',
  {
    id: uuid('id').primaryKey(),
    deviceId: bigintId('device_id')
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    node: text('node').notNull(),
    openedAt: moment('opened_at').notNull(),
    leasedUntil: moment('leased_until').notNull(),
  },
  (table) => [
    index('device_connections_device').on(table.deviceId),
    index('device_connections_lease').on(table.leasedUntil),
  ],
);

/** Commands that devices were told, for the timeline of their home: what was asked and by whom, never with what. */
export const deviceCommands = pgTable(
  'device_commands',
  {
    id: identityId(),
    deviceId: bigintId('device_id').notNull(),
    homeId: bigintId('home_id')
      .notNull()
      .references(() => homes.id, { onDelete: 'cascade' }),
    action: text('action').notNull(),
    principalKind: text('principal_kind').notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('device_commands_home').on(table.homeId, table.createdAt.desc()),
    index('device_commands_created').using('brin', table.createdAt),
  ],
);

/** On-demand provisioning: a one-time token bound to home, class and tag. */
export const provisioningTokens = pgTable('provisioning_tokens', {
  tokenHash: bytes('token_hash').primaryKey(),
  homeId: bigintId('home_id')
    .notNull()
    .references(() => homes.id, { onDelete: 'cascade' }),
  deviceClass: text('device_class').notNull(),
  deviceTag: text('device_tag'),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
});

/** Key-value data of a home. `value` keeps its JSON text, so that no number changes on the way. */
export const homeValues = pgTable(
  'home_values',
  {
    homeId: bigintId('home_id')
      .notNull()
      .references(() => homes.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    value: text('value').notNull(),
    modifiedAt: moment('modified_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.homeId, table.key] })],
);

export const deviceValues = pgTable(
  'device_values',
  {
    deviceId: bigintId('device_id')
      .notNull()
      .references(() => devices.id, { onDelete: 'cascade' }),
    key: text('key').notNull(),
    value: text('value').notNull(),
    modifiedAt: moment('modified_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deviceId, table.key] })],
);

/** Project-level plug-ins; the secrets of webhooks are sealed, because they must be used and shown again. */
export const smartModules = pgTable(
  'smart_modules',
  {
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    moduleId: text('module_id').notNull(),
    moduleType: text('module_type').notNull(),
    description: text('description').notNull().default(''),
    suspended: boolean('suspended').notNull().default(false),
    eventUrl: text('event_url'),
    commandUrl: text('command_url'),
    sealedKey: bytes('sealed_key'),
    /** Event types to deliver; null: all but system events. */
    subscribedEvents: json('subscribed_events').$type<string[]>(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.moduleId] })],
);

/** Queue and log of webhook deliveries in one: a row is leased, tried, and kept as the record of what came of it. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: identityId(),
    projectId: bigintId('project_id').notNull(),
    moduleId: text('module_id').notNull(),
    kind: text('kind', { enum: ['event', 'command', 'organisation'] }).notNull(),
    homeId: bigintId('home_id'),
    url: text('url').notNull(),
    body: text('body').notNull(),
    status: text('status', { enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    nextAttemptAt: moment('next_attempt_at').notNull(),
    leasedUntil: moment('leased_until'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    // The log of what is over grows for ever and must not be walked to find what waits.
    index('webhook_deliveries_waiting')
      .on(table.projectId, table.moduleId, table.id)
      .where(sql`status = 'waiting'`),
    index('webhook_deliveries_project').on(table.projectId, table.createdAt, table.status),
    index('webhook_deliveries_module').on(table.projectId, table.moduleId, table.id),
    index('webhook_deliveries_home').on(table.homeId, table.createdAt.desc()).where(sql`home_id is not null`),
  ],
);
