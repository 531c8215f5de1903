import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { Quotas } from '../../server/contracts/project-words';
import { bigintId, bytes, identityId, moment } from './columns';

/** A project is one customer of the cloud: accounts, homes and keys never cross it. Organisation = project. */
export const projects = pgTable('projects', {
  id: identityId(),
  uuid: uuid('uuid').notNull().unique().defaultRandom(),
  name: text('name').notNull(),
  accountType: text('account_type', { enum: ['email', 'phone', 'byou'] }).notNull(),
  provisioning: text('provisioning', { enum: ['pre', 'on-demand'] })
    .notNull()
    .default('pre'),
  onlyOwnersManageMembers: boolean('only_owners_manage_members').notNull().default(false),
  /** Receivers of webhooks may lie in private networks; for installations at home and for tests. */
  allowPrivateWebhooks: boolean('allow_private_webhooks').notNull().default(false),
  maxUsers: bigintId('max_users'),
  maxHomes: bigintId('max_homes'),
  /** How much else the project may hold, by the names of its settings; what is not named has no limit. */
  quotas: jsonb('quotas').$type<Quotas>().notNull().default({}),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** A login names an existing app of its project. */
export const apps = pgTable(
  'apps',
  {
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    appId: text('app_id').notNull(),
    description: text('description').notNull().default(''),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.appId] })],
);

/** Where an organisation hears of its locks and hubs (lock-api 7.1). The header's value is sealed. */
export const orgWebhooks = pgTable(
  'org_webhooks',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    /** Event names, or `*`. */
    events: jsonb('events').$type<string[]>().notNull(),
    headerName: text('header_name'),
    sealedHeader: bytes('sealed_header'),
    suspended: boolean('suspended').notNull().default(false),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('org_webhooks_project').on(table.projectId)],
);
