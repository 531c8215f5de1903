import { z } from 'zod';
import { operation } from './operation';
import { name, projectPath } from './project-fields';
import { keyPermissions } from './project-words';
import { id, idText, timestamp } from './values';

/** Keys of a project and of its organisation. */

const keyPermission = z.enum(keyPermissions);

export const projectKey = z.object({
  id,
  name: z.string(),
  permissions: z.array(z.string()),
  creationTime: timestamp,
  /** First use on the last day (UTC) on which it was used; absent: not known to have been. */
  lastUseTime: timestamp.optional(),
  revocationTime: timestamp.optional(),
});
export type ProjectKeyView = z.infer<typeof projectKey>;
export const orgKey = projectKey
  .omit({ id: true, name: true, permissions: true })
  .extend({ id: z.uuid(), expirationTime: timestamp.optional() });
export type OrgKeyView = z.infer<typeof orgKey>;
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
