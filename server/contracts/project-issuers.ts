import { z } from 'zod';
import { operation } from './operation';
import { httpUrl, projectPath } from './project-fields';
import { id, idText, text, timestamp } from './values';

/** Identity providers whose people a project knows. */

export const projectIssuer = z.object({
  id,
  issuer: z.string(),
  audience: z.string(),
  jwksUrl: z.string(),
  creationTime: timestamp,
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
