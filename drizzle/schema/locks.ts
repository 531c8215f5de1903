import { boolean, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { bigintId, identityId, moment } from './columns';
import { homes } from './homes';
import { projects } from './projects';

export const hubs = pgTable(
  'hubs',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id').references(() => homes.id, { onDelete: 'set null' }),
    serial: text('serial').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('hubs_home').on(table.homeId)],
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
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    homeId: bigintId('home_id').references(() => homes.id, { onDelete: 'set null' }),
    hubId: uuid('hub_id').references(() => hubs.id, { onDelete: 'set null' }),
    name: text('name').notNull(),
    serialNumber: text('serial_number'),
    gesture: text('gesture', { enum: ['tap', 'hold', 'hold-passkey'] })
      .notNull()
      .default('hold'),
    /** Version of the aggregate: the number of its domain events. */
    version: integer('version').notNull().default(0),
    bolt: text('bolt', { enum: ['locked', 'unlocked', 'unlatched', 'not-fully-locked', 'jammed', 'unknown'] })
      .notNull()
      .default('unknown'),
    door: text('door', { enum: ['closed', 'open', 'ajar', 'jammed', 'forced', 'unknown'] })
      .notNull()
      .default('unknown'),
    battery: jsonb('battery').$type<{ percent: number | null; level: 'ok' | 'low' | 'critical' }>(),
    /** Null until the lock was heard of for the first time. */
    reachable: boolean('reachable'),
    reachableSince: moment('reachable_since'),
    reportedAt: moment('reported_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('locks_home').on(table.homeId), index('locks_hub').on(table.hubId)],
);
