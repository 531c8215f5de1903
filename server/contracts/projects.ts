import { z } from 'zod';
import { reason } from './console-actions';
import { operation } from './operation';
import { keyPermissions, moduleTypes, quotaNames } from './project-words';
import { absentable, id, idText, text, timestamp } from './values';

/** What a project is made of, for the staff who look after it. Secrets are in the answer that makes them and in no other. */

const projectPath = z.object({ projectId: idText });
const name = text(200);
/** Ids that stand in requests and addresses. */
const word = text(128).refine(
  (value) => /^[A-Za-z0-9_.-]+$/.test(value),
  'must be letters, digits, _, - and .',
);
const description = absentable(text(1_000));
const keyPermission = z.enum(keyPermissions);

const isHttp = (value: string) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const httpUrl = text(2_048).refine(isHttp, 'must be an http or https address');

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
const projectClass = z.object({ id: z.string(), description: z.string() });
const projectKey = z.object({
  id,
  name: z.string(),
  permissions: z.array(z.string()),
  creationTime: timestamp,
  /** First use on the last day (UTC) on which it was used; absent: not known to have been. */
  lastUseTime: timestamp.optional(),
  revocationTime: timestamp.optional(),
});
export type ProjectKeyView = z.infer<typeof projectKey>;
const orgKey = projectKey
  .omit({ id: true, name: true, permissions: true })
  .extend({ id: z.uuid(), expirationTime: timestamp.optional() });
export type OrgKeyView = z.infer<typeof orgKey>;
const projectModule = z.object({
  id: z.string(),
  moduleType: z.string(),
  description: z.string(),
  suspended: z.boolean(),
  /** Addresses are told to administrators alone: they may hold secrets. */
  eventUrl: z.string().optional(),
  commandUrl: z.string().optional(),
  /** Absent: all but the cloud's own. */
  subscribedEvents: z.array(z.string()).optional(),
  creationTime: timestamp,
});
export type ProjectModuleView = z.infer<typeof projectModule>;
const projectIssuer = z.object({
  id,
  issuer: z.string(),
  audience: z.string(),
  jwksUrl: z.string(),
  creationTime: timestamp,
});

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

export const addDeviceClass = operation({
  summary: 'Add a device class to a project',
  method: 'POST',
  path: '/staff/projects/{projectId}/device-classes',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({ id: word, description }),
  output: projectClass,
  status: 201,
  refusals: [400, 403, 404],
});

export const describeDeviceClass = operation({
  summary: 'Change what is said of a device class',
  method: 'PATCH',
  path: '/staff/projects/{projectId}/device-classes/{classId}',
  dialect: 'cloud',
  params: projectPath.extend({ classId: text(200) }),
  body: z.object({ description: z.union([text(1_000), z.literal('')]) }),
  status: 204,
  refusals: [400, 403, 404],
});

export const addProjectKey = operation({
  summary: 'Make a project key; the key itself is in this answer alone',
  method: 'POST',
  path: '/staff/projects/{projectId}/keys',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({ name, permissions: z.array(keyPermission).max(keyPermissions.length) }),
  output: z.object({ id, name: z.string(), permissions: z.array(z.string()), key: z.string() }),
  status: 201,
  refusals: [400, 403, 404],
});

export const revokeProjectKey = operation({
  summary: 'Revoke a project key; its next request is refused',
  method: 'DELETE',
  path: '/staff/projects/{projectId}/keys/{keyId}',
  dialect: 'cloud',
  params: projectPath.extend({ keyId: idText }),
  status: 204,
  refusals: [403, 404],
});

export const addOrgKey = operation({
  summary: 'Make the key of the organisation, in this answer alone; the one before it ends',
  method: 'POST',
  path: '/staff/projects/{projectId}/org-keys',
  dialect: 'cloud',
  params: projectPath,
  output: z.object({ id: z.uuid(), key: z.string() }),
  status: 201,
  refusals: [403, 404],
});

export const revokeOrgKey = operation({
  summary: 'Revoke a key of the organisation and the tokens made from it',
  method: 'DELETE',
  path: '/staff/projects/{projectId}/org-keys/{keyId}',
  dialect: 'cloud',
  params: projectPath.extend({ keyId: z.uuid() }),
  status: 204,
  refusals: [403, 404],
});

export const addModule = operation({
  summary: 'Add a smart module; the secret of its signatures is in this answer alone',
  method: 'POST',
  path: '/staff/projects/{projectId}/modules',
  dialect: 'cloud',
  params: projectPath,
  body: z
    .object({
      id: word,
      moduleType: z.enum(moduleTypes),
      description,
      eventUrl: absentable(httpUrl),
      commandUrl: absentable(httpUrl),
      subscribedEvents: absentable(z.array(text(200)).min(1).max(100)),
    })
    .refine(({ eventUrl, commandUrl }) => eventUrl !== undefined || commandUrl !== undefined, {
      path: ['eventUrl'],
      error: 'is required unless there is a commandUrl',
    }),
  output: projectModule.extend({ key: z.string() }),
  status: 201,
  refusals: [400, 403, 404],
});

const modulePath = projectPath.extend({ moduleId: text(200) });

export const switchModule = operation({
  summary: 'Suspend a smart module, or resume it; what waits for it is delivered then',
  method: 'PATCH',
  path: '/staff/projects/{projectId}/modules/{moduleId}',
  dialect: 'cloud',
  params: modulePath,
  body: z.object({ suspended: z.boolean() }),
  status: 204,
  refusals: [400, 403, 404],
});

const delivery = z.object({
  id,
  kind: z.enum(['event', 'command', 'organisation']),
  status: z.enum(['waiting', 'delivered', 'failed']),
  attempts: z.number().int(),
  /** Status of the last answer. */
  lastStatus: z.number().int().optional(),
  /** Why the last try brought no answer. */
  lastError: z.string().optional(),
  homeId: id.optional(),
  creationTime: timestamp,
  finishTime: timestamp.optional(),
});
export type Delivery = z.infer<typeof delivery>;

export const listDeliveries = operation({
  summary: 'What a smart module was told, newest first, and what came of it',
  method: 'GET',
  path: '/staff/projects/{projectId}/modules/{moduleId}/deliveries',
  dialect: 'cloud',
  params: modulePath,
  query: z.object({
    before: idText.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(25),
  }),
  output: z.object({ items: z.array(delivery), next: z.string().nullable() }),
  status: 200,
  refusals: [403, 404],
});

export const testModule = operation({
  summary: 'Send a smart module a delivery that says it is a test',
  method: 'POST',
  path: '/staff/projects/{projectId}/modules/{moduleId}/test',
  dialect: 'cloud',
  params: modulePath,
  output: z.object({ id }),
  status: 201,
  refusals: [403, 404, 409],
});

export const replayModuleDelivery = operation({
  summary: 'Deliver once more what a smart module was to be told, as a new delivery',
  method: 'POST',
  path: '/staff/projects/{projectId}/modules/{moduleId}/deliveries/{deliveryId}/replay',
  dialect: 'cloud',
  params: modulePath.extend({ deliveryId: idText }),
  body: z.object({ reason }),
  output: z.object({ id }),
  status: 201,
  refusals: [400, 403, 404, 409],
});

const tagPrefix = text(60).refine(
  (value) => /^[A-Za-z0-9][A-Za-z0-9 _./-]*$/.test(value),
  'must begin with a letter or digit and hold letters, digits, blanks, _ . / and - only',
);

/** Most devices that are made in one go. */
export const batchMost = 1_000;

export const makeDevices = operation({
  summary: 'Make devices of a class ahead of their sale; their keys are in this answer alone',
  method: 'POST',
  path: '/staff/projects/{projectId}/devices',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({
    deviceClass: text(200),
    count: z.number().int().min(1).max(batchMost),
    /** Tags are this, a dash and a number. */
    tagPrefix: absentable(tagPrefix),
  }),
  output: z.object({
    items: z.array(z.object({ id, tag: z.string().optional(), claimCode: z.string(), apiKey: z.string() })),
  }),
  status: 201,
  refusals: [400, 403, 404],
});

export const listLabels = operation({
  summary: 'Claim codes of devices that nobody has claimed, to be printed; that they were read is recorded',
  method: 'GET',
  path: '/staff/projects/{projectId}/device-labels',
  dialect: 'cloud',
  params: projectPath,
  query: z.object({ from: idText, to: idText, deviceClass: text(200).optional() }),
  output: z.object({
    items: z.array(
      z.object({ id, deviceClass: z.string(), tag: z.string().optional(), claimCode: z.string() }),
    ),
  }),
  status: 200,
  refusals: [403, 404],
});

export const addIssuer = operation({
  summary: 'Trust the JWTs of an identity provider in a project',
  method: 'POST',
  path: '/staff/projects/{projectId}/issuers',
  dialect: 'cloud',
  params: projectPath,
  body: z.object({ issuer: text(500), audience: text(500), jwksUrl: httpUrl }),
  output: projectIssuer,
  status: 201,
  refusals: [400, 403, 404],
});

export const removeIssuer = operation({
  summary: 'Trust an identity provider no longer; its tokens are refused from the next request on',
  method: 'DELETE',
  path: '/staff/projects/{projectId}/issuers/{issuerId}',
  dialect: 'cloud',
  params: projectPath.extend({ issuerId: idText }),
  status: 204,
  refusals: [403, 404],
});
