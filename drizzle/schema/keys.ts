import { boolean, index, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bigintId, bytes, identityId, moment } from './columns';
import { projects } from './projects';
import { searchIndex, trigrams } from './search-texts';

/** `Authorization: ModeCloud …` of an integrator, with permissions. */
export const projectKeys = pgTable(
  'project_keys',
  {
    id: identityId(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    keyHash: bytes('key_hash').notNull().unique(),
    permissions: jsonb('permissions').$type<string[]>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    index('project_keys_search').using('gin', table.projectId, trigrams('projectKeys')).with(searchIndex),
  ],
);

/** `X-API-Key` of an organisation, or of the service itself (`isSuper`, no project). */
export const orgKeys = pgTable(
  'org_keys',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    projectId: bigintId('project_id').references(() => projects.id, { onDelete: 'cascade' }),
    isSuper: boolean('is_super').notNull().default(false),
    keyHash: bytes('key_hash').notNull().unique(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('org_keys_search').using('gin', table.projectId, trigrams('orgKeys')).with(searchIndex)],
);

/** Ed25519 keys that sign our JWTs; the private half is sealed with the installation's secret. */
export const signingKeys = pgTable('signing_keys', {
  id: text('id').primaryKey(),
  publicJwk: jsonb('public_jwk').$type<Record<string, unknown>>().notNull(),
  sealedPrivateKey: bytes('sealed_private_key').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  retiredAt: moment('retired_at'),
});

/** An identity provider of a project whose JWTs count beside ours. */
export const jwtIssuers = pgTable(
  'jwt_issuers',
  {
    id: identityId(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    issuer: text('issuer').notNull(),
    audience: text('audience').notNull(),
    jwksUrl: text('jwks_url').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [uniqueIndex('jwt_issuers_issuer').on(table.issuer, table.audience)],
);
