import { z } from 'zod';
import { operation } from './operation';
import { projectClass } from './project-devices';
import { description, name, projectPath, word } from './project-fields';
import { projectIssuer } from './project-issuers';
import { orgKey, projectKey } from './project-keys';
import { projectModule } from './project-modules';
import { quotaNames } from './project-words';
import { absentable, id, text, timestamp } from './values';

/** What a project is made of, for the staff who look after it. Secrets are in the answer that makes them and in no other. */

export const staffProject = z.object({
  id,
  name: z.string(),
  accountType: z.enum(['email', 'phone', 'byou']),
  provisioning: z.enum(['pre', 'on-demand']),
  creationTime: timestamp,
});
export type StaffProject = z.infer<typeof staffProject>;

export const listProjects = operation({
  summary: 'The projects that a staff account works for',
  method: 'GET',
  path: '/staff/projects',
  dialect: 'cloud',
  output: z.object({ items: z.array(staffProject) }),
  status: 200,
  refusals: [403],
});

const quota = z.number().int().min(0).max(1_000_000_000).nullable();

/** Limits beside those of accounts and homes; what is not named, or null, has none. */
const quotaChanges = z.partialRecord(z.enum(quotaNames), quota);
/** How much of a limit is in use: of the project, or of the home or door that has most of it. */
const quotaUse = z.object({
  quota: z.enum(['maxUsers', 'maxHomes', ...quotaNames]),
  most: z.number().int(),
  used: z.number().int(),
  /** Of limits of one home or one door: where most of it is. */
  at: z.object({ kind: z.enum(['home', 'lock']), id, name: z.string() }).optional(),
});
export type QuotaUse = z.infer<typeof quotaUse>;

const projectApp = z.object({ id: z.string(), description: z.string(), creationTime: timestamp });

export const projectSettings = staffProject.extend({
  uuid: z.string(),
  onlyOwnersManageMembers: z.boolean(),
  allowPrivateWebhooks: z.boolean(),
  /** Null: as many as come. */
  maxUsers: quota,
  maxHomes: quota,
  quotas: quotaChanges,
  apps: z.array(projectApp),
  deviceClasses: z.array(projectClass),
  /** Those that count, then the ones revoked last. */
  keys: z.array(projectKey),
  orgKeys: z.array(orgKey),
  modules: z.array(projectModule),
  issuers: z.array(projectIssuer),
});
export type ProjectSettings = z.infer<typeof projectSettings>;

export const showProject = operation({
  summary: 'A project with its settings, apps, device classes, keys, smart modules and identity providers',
  method: 'GET',
  path: '/staff/projects/{projectId}',
  dialect: 'cloud',
  params: projectPath,
  output: projectSettings,
  status: 200,
  refusals: [403, 404],
});

export const showQuotaUse = operation({
  summary: 'The limits that a project has, and how much of each is in use',
  method: 'GET',
  path: '/staff/projects/{projectId}/quota-use',
  dialect: 'cloud',
  params: projectPath,
  output: z.object({ items: z.array(quotaUse) }),
  status: 200,
  refusals: [403, 404],
});

export const updateProject = operation({
  summary: 'Change what may change of a project; account type and provisioning stay as they were made',
  method: 'PATCH',
  path: '/staff/projects/{projectId}',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({
    name: absentable(name),
    onlyOwnersManageMembers: absentable(z.boolean()),
    /** For administrators of every project: it opens the network of the installation. */
    allowPrivateWebhooks: absentable(z.boolean()),
    maxUsers: quota.optional(),
    maxHomes: quota.optional(),
    /** Changes those that it names; null takes a limit away. */
    quotas: absentable(quotaChanges),
  }),
  status: 204,
  refusals: [400, 403, 404],
});

export const addApp = operation({
  summary: 'Add an app that sign-ins of the project may name',
  method: 'POST',
  path: '/staff/projects/{projectId}/apps',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({ id: word, description }),
  output: projectApp,
  status: 201,
  refusals: [400, 403, 404],
});

export const removeApp = operation({
  summary: 'Remove an app; sessions that were made with it stay, the last app cannot go',
  method: 'DELETE',
  path: '/staff/projects/{projectId}/apps/{appId}',
  dialect: 'cloud',
  params: projectPath.extend({ appId: text(200) }),
  status: 204,
  refusals: [403, 404, 409],
});
