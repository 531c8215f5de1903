import { z } from 'zod';
import { createIssuer } from '../services/issuers/create-issuer';
import { listIssuers } from '../services/issuers/list-issuers';
import { removeIssuer } from '../services/issuers/remove-issuer';
import { type Command, command, inProject, number, projectId, text } from './command';

/** Identity providers whose JWTs a project accepts beside ours (model 1). */
export const issuerCommands: Record<string, Record<string, Command>> = {
  issuer: {
    create: command(
      inProject.extend({ issuer: text, audience: text, 'jwks-url': z.string().min(1).max(2048) }),
      async (deps, { project, issuer, audience, 'jwks-url': jwksUrl }) =>
        createIssuer(deps, { projectId: await projectId(deps, project), issuer, audience, jwksUrl }),
    ),
    list: command(inProject, async (deps, { project }) => listIssuers(deps, await projectId(deps, project))),
    remove: command(z.strictObject({ id: number }), async (deps, { id }) => {
      await removeIssuer(deps, id);
      return { id, removed: true };
    }),
  },
};
