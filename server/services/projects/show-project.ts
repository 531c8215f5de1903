import { and, asc, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { apps, jwtIssuers, orgKeys, projectKeys, smartModules } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { showProject as operation, ProjectSettings } from '../../contracts/projects';
import { isAllowed } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadProject } from './change-project';
import { listDeviceClasses } from './list-device-classes';
import { toApp, toIssuer, toKey, toOrgKey, toProjectModule, toStaffProject } from './view';

/** How many of the keys that were revoked are shown still. */
const revokedMost = 10;

/**
 * GET /staff/projects/{projectId}: all that its settings are. Addresses of smart modules are told to whoever may change
 * them alone.
 */
export async function showProject(
  { db }: Pick<Deps, 'db'>,
  { principal }: Caller,
  { params: { projectId } }: InputOf<typeof operation>,
): Promise<ProjectSettings> {
  const project = await loadProject(db, 'projects.get', { principal }, projectId);
  const withAddresses = isAllowed('projects.update', principal, { exists: true, projectId });
  const keysWhere = (table: typeof projectKeys | typeof orgKeys, isLive: boolean) =>
    and(eq(table.projectId, projectId), (isLive ? isNull : isNotNull)(table.revokedAt));
  const liveKeys = db
    .select()
    .from(projectKeys)
    .where(keysWhere(projectKeys, true))
    .orderBy(asc(projectKeys.id));
  const endedKeys = db
    .select()
    .from(projectKeys)
    .where(keysWhere(projectKeys, false))
    .orderBy(desc(projectKeys.revokedAt))
    .limit(revokedMost);
  const liveOrgKeys = db
    .select()
    .from(orgKeys)
    .where(keysWhere(orgKeys, true))
    .orderBy(asc(orgKeys.createdAt));
  const endedOrgKeys = db
    .select()
    .from(orgKeys)
    .where(keysWhere(orgKeys, false))
    .orderBy(desc(orgKeys.revokedAt))
    .limit(revokedMost);
  const [appRows, classes, moduleRows, issuerRows] = await Promise.all([
    db.select().from(apps).where(eq(apps.projectId, projectId)).orderBy(asc(apps.appId)),
    listDeviceClasses({ db }, projectId),
    db
      .select()
      .from(smartModules)
      .where(eq(smartModules.projectId, projectId))
      .orderBy(asc(smartModules.moduleId)),
    db
      .select()
      .from(jwtIssuers)
      .where(and(eq(jwtIssuers.projectId, projectId), isNull(jwtIssuers.revokedAt)))
      .orderBy(asc(jwtIssuers.id)),
  ]);
  const [live, ended, liveOrg, endedOrg] = await Promise.all([
    liveKeys,
    endedKeys,
    liveOrgKeys,
    endedOrgKeys,
  ]);
  return {
    ...toStaffProject(project),
    uuid: project.uuid,
    onlyOwnersManageMembers: project.onlyOwnersManageMembers,
    allowPrivateWebhooks: project.allowPrivateWebhooks,
    maxUsers: project.maxUsers,
    maxHomes: project.maxHomes,
    quotas: project.quotas,
    apps: appRows.map(toApp),
    deviceClasses: classes.map(({ id, description }) => ({ id, description })),
    keys: [...live, ...ended].map(toKey),
    orgKeys: [...liveOrg, ...endedOrg].map(toOrgKey),
    modules: moduleRows.map((row) => toProjectModule(row, { withAddresses })),
    issuers: issuerRows.map(toIssuer),
  };
}
