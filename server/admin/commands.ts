import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { apps, homes, locks, orgKeys, projectKeys, projects, users } from '@/drizzle/schema';
import { keyPermissions } from '../contracts/project-words';
import { missingField } from '../domain/errors';
import type { Deps } from '../services/deps';
import { addHome } from '../services/homes/add-home';
import { addMember } from '../services/homes/add-member';
import { removeMember } from '../services/homes/remove-member';
import { createOrgKey } from '../services/keys/create-org-key';
import { createProjectKey } from '../services/keys/create-project-key';
import { createLock } from '../services/locks/create-lock';
import { listMessages } from '../services/messages/list-messages';
import { createApp } from '../services/projects/create-app';
import { createProject } from '../services/projects/create-project';
import { randomKey } from '../services/secrets';
import { getShadow } from '../services/shadows/get-shadow';
import { addUser } from '../services/users/add-user';
import { toUser } from '../services/users/view';
import { auditCommands } from './audit-commands';
import { certificateCommands } from './certificate-commands';
import { type Command, command, flag, inProject, number, projectId, text } from './command';
import { deviceCommands } from './device-commands';
import { hubCommands } from './hub-commands';
import { issuerCommands } from './issuer-commands';
import { makeStaff, staffCommands } from './staff-commands';

/** Every noun and verb of the operator's command line (house 8). */
export const commands: Record<string, Record<string, Command>> = {
  ...deviceCommands,
  ...certificateCommands,
  ...issuerCommands,
  ...hubCommands,
  ...staffCommands,
  ...auditCommands,
  project: {
    create: command(
      z.strictObject({
        name: text.default('Project'),
        account: z.enum(['email', 'phone', 'byou']),
        provisioning: z.enum(['pre', 'on-demand']).default('pre'),
        'allow-private-webhooks': flag,
      }),
      (deps, { name, account, provisioning, 'allow-private-webhooks': allowPrivateWebhooks }) =>
        createProject(deps, { name, accountType: account, provisioning, allowPrivateWebhooks }),
    ),
    list: command(z.strictObject({}), ({ db }) => db.select().from(projects).orderBy(asc(projects.id))),
  },
  app: {
    create: command(inProject.extend({ id: text }), async (deps, { project, id }) =>
      createApp(deps, await projectId(deps, project), id),
    ),
    list: command(inProject, async (deps, { project }) =>
      deps.db
        .select()
        .from(apps)
        .where(eq(apps.projectId, await projectId(deps, project))),
    ),
  },
  key: {
    create: command(
      inProject.extend({
        name: text,
        permissions: z
          .string()
          .default('commands,events')
          .transform((list) => list.split(',').filter((name) => name !== ''))
          .pipe(z.array(z.enum(keyPermissions))),
      }),
      async (deps, { project, name, permissions }) =>
        createProjectKey(deps, { projectId: await projectId(deps, project), name, permissions }),
    ),
    list: command(inProject, async (deps, { project }) =>
      deps.db
        .select({
          id: projectKeys.id,
          name: projectKeys.name,
          permissions: projectKeys.permissions,
          revokedAt: projectKeys.revokedAt,
        })
        .from(projectKeys)
        .where(eq(projectKeys.projectId, await projectId(deps, project))),
    ),
  },
  'org-key': {
    create: command(inProject.extend({ super: flag }), async (deps, { project, super: isSuper }) =>
      createOrgKey(deps, isSuper ? undefined : await projectId(deps, project)),
    ),
    list: command(z.strictObject({}), ({ db }) =>
      db
        .select({
          id: orgKeys.id,
          projectId: orgKeys.projectId,
          isSuper: orgKeys.isSuper,
          revokedAt: orgKeys.revokedAt,
        })
        .from(orgKeys),
    ),
  },
  user: {
    create: command(
      inProject.extend({
        email: text.optional(),
        phone: text.optional(),
        password: text.optional(),
        name: text.optional(),
        'external-key': text.optional(),
        verified: flag,
        role: z.enum(['user', 'support', 'admin']).default('user'),
      }),
      async (deps, { project, phone, password, role, 'external-key': externalKey, ...wanted }) => {
        // Members of staff are no users of a project: they have accounts of their own, under the same command.
        if (role !== 'user') {
          if (wanted.email === undefined) throw missingField('email');
          return makeStaff(deps, { ...wanted, email: wanted.email, project, role, password });
        }
        const made = password ?? (wanted.email === undefined ? undefined : randomKey(20));
        const row = await addUser(deps, {
          ...wanted,
          projectId: await projectId(deps, project),
          ...(phone === undefined ? {} : { phoneNumber: phone }),
          ...(externalKey === undefined ? {} : { externalKey }),
          ...(made === undefined ? {} : { password: made }),
        });
        return { ...toUser(row), role, ...(made === undefined ? {} : { password: made }) };
      },
    ),
    list: command(inProject, async (deps, { project }) =>
      (
        await deps.db
          .select()
          .from(users)
          .where(eq(users.projectId, await projectId(deps, project)))
      ).map(toUser),
    ),
  },
  home: {
    create: command(
      inProject.extend({ name: text, owner: number, timezone: text.optional() }),
      async (deps, { project, name, owner, timezone }) =>
        addHome(deps, {
          projectId: await projectId(deps, project),
          name,
          ownerId: owner,
          ...(timezone === undefined ? {} : { timezone }),
        }),
    ),
    list: command(inProject, async (deps, { project }) =>
      deps.db
        .select()
        .from(homes)
        .where(eq(homes.projectId, await projectId(deps, project)))
        .orderBy(asc(homes.id)),
    ),
  },
  member: {
    create: command(
      z.strictObject({
        home: number,
        user: number,
        role: z.enum(['owner', 'member', 'guest']).default('member'),
      }),
      async (deps, { home, user, role }) => {
        await addMember(deps, home, user, role);
        return { homeId: home, userId: user, role };
      },
    ),
    remove: command(z.strictObject({ home: number, user: number }), async (deps, { home, user }) => {
      await removeMember(deps, home, user);
      return { homeId: home, userId: user, removed: true };
    }),
  },
  lock: {
    create: command(
      inProject.extend({
        home: number,
        name: text,
        hub: z.uuid().optional(),
        uuid: z.uuid().optional(),
        serial: text.optional(),
      }),
      (deps, { home, hub, name, uuid, serial }) =>
        createLock(deps, { homeId: home, name, hubId: hub, uuid, serialNumber: serial }),
    ),
    list: command(inProject, async (deps, { project }) =>
      deps.db
        .select()
        .from(locks)
        .where(eq(locks.projectId, await projectId(deps, project)))
        .orderBy(asc(locks.id)),
    ),
  },
  messages: {
    list: command(z.strictObject({ to: text.optional() }), (deps, { to }) => listMessages(deps, to)),
  },
  shadow: {
    get: command(
      z.strictObject({ thing: text, name: z.string().default('') }),
      async (deps, { thing, name }) => {
        const answer = await getShadow(deps as Deps, { thing, name }, {});
        if (!answer.ok) throw new Error(answer.rejection.message);
        return answer.accepted;
      },
    ),
  },
};
