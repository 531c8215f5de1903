import type { apps, jwtIssuers, orgKeys, projectKeys, smartModules } from '@/drizzle/schema';
import type { OrgKeyView, ProjectKeyView } from '../../contracts/project-keys';
import type { ProjectModuleView } from '../../contracts/project-modules';
import type { StaffProject } from '../../contracts/projects';
import { toTimestamp } from '../../contracts/values';
import type { ProjectRow } from './create-project';

const given = <Name extends string>(name: Name, at: Date | null) =>
  (at === null ? {} : { [name]: toTimestamp(at) }) as { [Key in Name]?: string };

export const toStaffProject = (row: ProjectRow): StaffProject => ({
  id: row.id,
  name: row.name,
  accountType: row.accountType,
  provisioning: row.provisioning,
  creationTime: toTimestamp(row.createdAt),
});

export const toApp = (row: typeof apps.$inferSelect) => ({
  id: row.appId,
  description: row.description,
  creationTime: toTimestamp(row.createdAt),
});

const lifeOf = (row: { createdAt: Date; lastUsedAt: Date | null; revokedAt: Date | null }) => ({
  creationTime: toTimestamp(row.createdAt),
  ...given('lastUseTime', row.lastUsedAt),
  ...given('revocationTime', row.revokedAt),
});

/** A project key without anything that would let it be used. */
export const toKey = (row: typeof projectKeys.$inferSelect): ProjectKeyView => ({
  id: row.id,
  name: row.name,
  permissions: row.permissions,
  ...lifeOf(row),
});

export const toOrgKey = (row: typeof orgKeys.$inferSelect): OrgKeyView => ({
  id: row.id,
  ...given('expirationTime', row.expiresAt),
  ...lifeOf(row),
});

/** A smart module, with its addresses for those who may change them; never its secret. */
export const toProjectModule = (
  row: typeof smartModules.$inferSelect,
  { withAddresses }: { withAddresses: boolean },
): ProjectModuleView => ({
  id: row.moduleId,
  moduleType: row.moduleType,
  description: row.description,
  suspended: row.suspended,
  ...(withAddresses && row.eventUrl !== null ? { eventUrl: row.eventUrl } : {}),
  ...(withAddresses && row.commandUrl !== null ? { commandUrl: row.commandUrl } : {}),
  ...(row.subscribedEvents === null ? {} : { subscribedEvents: row.subscribedEvents }),
  creationTime: toTimestamp(row.createdAt),
});

export const toIssuer = (row: typeof jwtIssuers.$inferSelect) => ({
  id: row.id,
  issuer: row.issuer,
  audience: row.audience,
  jwksUrl: row.jwksUrl,
  creationTime: toTimestamp(row.createdAt),
});
