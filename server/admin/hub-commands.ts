import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { orgWebhooks } from '@/drizzle/schema';
import { missingField } from '../domain/errors';
import { createHub } from '../services/hubs/create-hub';
import { decommissionHub } from '../services/hubs/decommission-hub';
import { listProjectHubs } from '../services/hubs/list-project-hubs';
import { createOrgWebhook, toOrgWebhook } from '../services/webhooks/create-org-webhook';
import { removeOrgWebhook } from '../services/webhooks/remove-org-webhook';
import { type Command, command, inProject, number, projectId, text } from './command';

const eventList = z
  .string()
  .default('*')
  .transform((list) =>
    list
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

/** Hubs, and where an organisation hears of them (lock-api 7, 7.1). */
export const hubCommands: Record<string, Record<string, Command>> = {
  hub: {
    create: command(
      inProject.extend({ home: number, serial: text, model: text.optional() }),
      async (deps, { project, home, serial, model }) =>
        createHub(deps, { projectId: await projectId(deps, project), homeId: home, serial, model }),
    ),
    list: command(inProject, async (deps, { project }) =>
      listProjectHubs(deps, await projectId(deps, project)),
    ),
    decommission: command(
      z.strictObject({ id: z.uuid(), reason: text.default('taken out of use') }),
      async (deps, { id, reason }) => decommissionHub(deps, id, reason),
    ),
  },
  'org-webhook': {
    create: command(
      inProject.extend({
        url: z.url(),
        events: eventList,
        'header-name': text.optional(),
        'header-value': z.string().max(1_000).optional(),
      }),
      async (deps, { project, url, events, 'header-name': name, 'header-value': value }) => {
        if ((name === undefined) !== (value === undefined))
          throw missingField(name === undefined ? 'header-name' : 'header-value');
        const header = name === undefined || value === undefined ? undefined : { name, value };
        return createOrgWebhook(deps, { projectId: await projectId(deps, project), url, events, header });
      },
    ),
    list: command(inProject, async (deps, { project }) =>
      (
        await deps.db
          .select()
          .from(orgWebhooks)
          .where(eq(orgWebhooks.projectId, await projectId(deps, project)))
          .orderBy(asc(orgWebhooks.createdAt))
      ).map(toOrgWebhook),
    ),
    remove: command(z.strictObject({ id: z.uuid() }), async (deps, { id }) => {
      await removeOrgWebhook(deps, id);
      return { id, removed: true };
    }),
  },
};
