import { sql } from 'drizzle-orm';
import {
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
import type { LockFeature } from '@/server/contracts/lock-history';
import type { Removal } from '@/server/domain/hub/removal';
import type { OperationReport } from '@/server/domain/lock/operation';
import { bigintId, bytes, identityId, moment } from './columns';
import { homes } from './homes';
import { projects } from './projects';
import { searchIndex, trigrams } from './search-texts';
import { users } from './users';

/** The projection of a hub; its history is in `domain_events` under aggregate type `hub`. */
export const hubs = pgTable(
  'hubs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Null: fresh from the factory, of no organisation yet. */
    projectId: bigintId('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    /** The site, on the lock API's wire. */
    homeId: bigintId('home_id').references(() => homes.id, { onDelete: 'set null' }),
    serial: text('serial').notNull(),
    model: text('model').notNull().default('generic'),
    vendorName: text('vendor_name'),
    /** Shadow thing; `hub-<uuid>` unless the factory said otherwise. */
    thingName: text('thing_name').notNull(),
    status: text('status', { enum: ['provisioned', 'claimed', 'suspended', 'decommissioned'] })
      .notNull()
      .default('provisioned'),
    isPrimary: boolean('is_primary').notNull().default(false),
    /** SHA-256 of the claim code finds it, the sealed text shows it again; gone once the hub has its credentials. */
    claimHash: bytes('claim_hash'),
    sealedClaimCode: bytes('sealed_claim_code'),
    claimedBy: text('claimed_by'),
    claimedAt: moment('claimed_at'),
    suspendedReason: text('suspended_reason'),
    /** Version of the aggregate: the number of its domain events. */
    version: integer('version').notNull().default(0),
    /** Null until the hub was heard of for the first time. */
    reachable: boolean('reachable'),
    reachableSince: moment('reachable_since'),
    lastSeenAt: moment('last_seen_at'),
    /** Network address from which it is connected, as its broker tells; null while it is not, or nobody tells. */
    address: text('address'),
    /** X25519, base64url: what PIN codes of the locks behind it are sealed to. Null until it has reported one. */
    pinKey: text('pin_key'),
    /** What the hub last reported of itself: software version, start, addresses, locks; and what it was told to give up. */
    info: jsonb('info').$type<{
      version?: string;
      startedAt?: string;
      address?: string;
      /** Things of the locks on its fabric. */
      locks?: string[];
      removal?: Removal;
    }>(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('hubs_home').on(table.homeId),
    index('hubs_project').on(table.projectId),
    index('hubs_serial').on(table.serial),
    uniqueIndex('hubs_thing').on(table.thingName),
    index('hubs_search').using('gin', table.projectId, trigrams('hubs')).with(searchIndex),
  ],
);

/**
 * The projection of a lock that requests read: where it belongs and what it last reported. Its history is in
 * `domain_events` under aggregate type `lock`.
 */
export const locks = pgTable(
  'locks',
  {
    id: identityId(),
    uuid: uuid('uuid').notNull().unique().defaultRandom(),
    /** Null: fresh from the factory, of no organisation yet. */
    projectId: bigintId('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id').references(() => homes.id, { onDelete: 'set null' }),
    hubId: uuid('hub_id').references(() => hubs.id, { onDelete: 'set null' }),
    /** Set by SetOwner; null: the longest-standing owner of its home owns it. */
    ownerId: bigintId('owner_id').references(() => users.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    serialNumber: text('serial_number'),
    vendorName: text('vendor_name'),
    gesture: text('gesture', { enum: ['tap', 'hold', 'hold-passkey'] })
      .notNull()
      .default('hold'),
    /** The gesture between these minutes after midnight in the home's time zone, where it is stricter at night. */
    nightGesture: text('night_gesture', { enum: ['tap', 'hold', 'hold-passkey'] }),
    nightFromMinute: integer('night_from_minute'),
    nightUntilMinute: integer('night_until_minute'),
    /** The gesture for whoever is not known to be at home, where it is stricter then. */
    remoteGesture: text('remote_gesture', { enum: ['tap', 'hold', 'hold-passkey'] }),
    /** Version of the aggregate: the number of its domain events. */
    version: integer('version').notNull().default(0),
    bolt: text('bolt', { enum: ['locked', 'unlocked', 'unlatched', 'not-fully-locked', 'jammed', 'unknown'] })
      .notNull()
      .default('unknown'),
    /** When the bolt came to where it is, as far as it was told; null until then. */
    boltSince: moment('bolt_since'),
    door: text('door', { enum: ['closed', 'open', 'ajar', 'jammed', 'forced', 'unknown'] })
      .notNull()
      .default('unknown'),
    battery: jsonb('battery').$type<{ percent: number | null; level: 'ok' | 'low' | 'critical' }>(),
    /** What the lock said of its keypad; null: nothing yet. */
    keypad: jsonb('keypad').$type<{
      takesPins: boolean;
      takesSchedules: boolean;
      slots?: number;
      minLength?: number;
      maxLength?: number;
    }>(),
    /** What it raises the alarm for. */
    alarm: text('alarm'),
    /** The newest operation that was reported, so that the next report of it is no news. */
    lastOperation: jsonb('last_operation').$type<OperationReport>(),
    /** What it can do; null until it was told. */
    features: jsonb('features').$type<readonly LockFeature[]>(),
    /** What came of the checks of its certificate. */
    attestation: text('attestation', {
      enum: ['verified', 'not-verified', 'test-certificate', 'refused'],
    }),
    /** Null until the lock was heard of for the first time. */
    reachable: boolean('reachable'),
    reachableSince: moment('reachable_since'),
    reportedAt: moment('reported_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Set: the lock is gone for everybody. The row stays for the history of its openings, and its uuid is never used again. */
    removedAt: moment('removed_at'),
  },
  (table) => [
    index('locks_home').on(table.homeId),
    index('locks_hub').on(table.hubId),
    index('locks_project').on(table.projectId, table.id),
    index('locks_search').using('gin', table.projectId, trigrams('locks')).with(searchIndex),
  ],
);

/** Keys of a lock (cards, fobs, wallets): a projection of KeyAdded and KeyRemoved. A key with a user makes that user a holder. */
export const lockKeys = pgTable(
  'lock_keys',
  {
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    keyUuid: uuid('key_uuid').notNull(),
    indexNumber: integer('index_number'),
    userId: bigintId('user_id').references(() => users.id, { onDelete: 'cascade' }),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.lockId, table.keyUuid] }),
    uniqueIndex('lock_keys_index').on(table.lockId, table.indexNumber),
    index('lock_keys_user').on(table.userId),
  ],
);

/**
 * One change of a key or a PIN code that a lock is to be told of: placed before its command goes into the shadow, so that
 * two changes of the same key see each other. Those of a bulk wait here as `queued`, and PIN codes until it is their turn.
 */
export const lockKeyCommands = pgTable(
  'lock_key_commands',
  {
    id: uuid('id').primaryKey(),
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    /** The bulk it belongs to. */
    instanceId: uuid('instance_id'),
    kind: text('kind', { enum: ['add', 'remove', 'write', 'set-pin', 'clear-pin'] }).notNull(),
    /** The key or the PIN code. */
    keyUuid: uuid('key_uuid').notNull(),
    /** Its place in the lock. */
    indexNumber: integer('index_number'),
    /** When a PIN code is to count, once it is set. */
    wanted: jsonb('wanted').$type<{
      validFrom?: string;
      validUntil?: string;
      weekdays?: number;
      fromMinute?: number;
      untilMinute?: number;
    }>(),
    /** Its digits, which the hub alone can read; null once they are not needed any more. */
    sealedPin: jsonb('sealed_pin').$type<{ v: 1; key: string; box: string }>(),
    userId: bigintId('user_id').references(() => users.id, { onDelete: 'cascade' }),
    principalKind: text('principal_kind').notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    status: text('status', { enum: ['queued', 'pending', 'sent', 'done', 'failed'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    /** When a queued one is due. */
    dueAt: moment('due_at').notNull(),
    error: text('error'),
    createdAt: moment('created_at').notNull(),
    /** Past this the lock must not carry it out any more. */
    expiresAt: moment('expires_at').notNull(),
    /** When the command was taken out of the shadow again; null while it may still stand there. */
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [
    index('lock_key_commands_lock').on(table.lockId, table.createdAt),
    uniqueIndex('lock_key_commands_pending').on(table.lockId, table.keyUuid).where(sql`status = 'pending'`),
    uniqueIndex('lock_key_commands_pending_index')
      .on(table.lockId, table.indexNumber)
      .where(sql`status = 'pending'`),
    // One PIN code at a time stands in the shadow of a lock.
    uniqueIndex('lock_key_commands_pin')
      .on(table.lockId)
      .where(sql`kind in ('set-pin','clear-pin') and status <> 'queued' and withdrawn_at is null`),
    index('lock_key_commands_due').on(table.dueAt).where(sql`status = 'queued'`),
    index('lock_key_commands_to_withdraw')
      .on(table.expiresAt)
      .where(sql`status <> 'queued' and withdrawn_at is null`),
  ],
);

/** Who is told of the doorbell: a projection of ResidentAdded and ResidentRemoved. No right to open comes of it. */
export const lockResidents = pgTable(
  'lock_residents',
  {
    lockId: bigintId('lock_id')
      .notNull()
      .references(() => locks.id, { onDelete: 'cascade' }),
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.lockId, table.userId] })],
);

/** A Matter device behind a hub; a lock among them is one to one with a row of `locks`. */
export const matterDevices = pgTable(
  'matter_devices',
  {
    id: text('id').primaryKey(),
    projectId: bigintId('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    hubId: uuid('hub_id')
      .notNull()
      .references(() => hubs.id, { onDelete: 'cascade' }),
    lockId: bigintId('lock_id').references(() => locks.id, { onDelete: 'set null' }),
    thingName: text('thing_name').notNull(),
    deviceType: text('device_type').notNull().default('generic'),
    version: integer('version').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('matter_devices_hub').on(table.hubId),
    uniqueIndex('matter_devices_thing').on(table.thingName),
  ],
);

/** One attempt to pair a device with a hub. The code itself is never kept: it is in the hub's shadow while it is needed. */
export const commissionings = pgTable(
  'commissionings',
  {
    id: uuid('id').primaryKey(),
    hubId: uuid('hub_id')
      .notNull()
      .references(() => hubs.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id'),
    principalKind: text('principal_kind').notNull(),
    principalId: text('principal_id').notNull(),
    principalName: text('principal_name').notNull(),
    codeKind: text('code_kind', { enum: ['manual', 'qr', 'other'] }).notNull(),
    vendorId: integer('vendor_id'),
    productId: integer('product_id'),
    status: text('status', {
      enum: ['pending', 'sent', 'accepted', 'succeeded', 'failed', 'expired', 'unresolved'],
    }).notNull(),
    /** Where the hub last said it is: `locating`, `pairing`, `attesting`, … */
    step: text('step'),
    error: text('error'),
    message: text('message'),
    /** What came of it. */
    deviceId: text('device_id'),
    lockId: bigintId('lock_id').references(() => locks.id, { onDelete: 'set null' }),
    attestation: text('attestation'),
    shadowVersion: integer('shadow_version'),
    createdAt: moment('created_at').notNull(),
    sentAt: moment('sent_at'),
    acceptedAt: moment('accepted_at'),
    outcomeAt: moment('outcome_at'),
    expiresAt: moment('expires_at').notNull(),
    /** When the command, and the code in it, was taken out of the shadow again; null while it may still stand there. */
    withdrawnAt: moment('withdrawn_at'),
  },
  (table) => [
    // One at a time a hub (model 3).
    uniqueIndex('commissionings_running')
      .on(table.hubId)
      .where(sql`status in ('pending','sent','accepted','unresolved')`),
    index('commissionings_hub').on(table.hubId, table.createdAt.desc()),
    index('commissionings_to_withdraw').on(table.expiresAt).where(sql`withdrawn_at is null`),
  ],
);
