import { z } from 'zod';
import { moduleTypes } from '../contracts/project-words';
import { createDevices } from '../services/devices/create-devices';
import { listProjectDevices } from '../services/devices/list-project-devices';
import { createModule } from '../services/modules/create-module';
import { listProjectModules } from '../services/modules/list-project-modules';
import { createDeviceClass } from '../services/projects/create-device-class';
import { listDeviceClasses } from '../services/projects/list-device-classes';
import { type AdminDeps, type Command, command, inProject, number, projectId, text } from './command';

const url = z.string().min(1).max(2048);

/** The class named by the flag, or the only one of the project. */
async function classId(deps: AdminDeps, project: number, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const classes = await listDeviceClasses(deps, project);
  const [only] = classes;
  if (only === undefined || classes.length > 1) throw new Error('--class: is required');
  return only.id;
}

/** Nouns of what a project's developer sets up for hardware and webhooks (house 8). */
export const deviceCommands: Record<string, Record<string, Command>> = {
  'device-class': {
    create: command(
      inProject.extend({ id: text.max(128), description: z.string().max(1000).optional() }),
      async (deps, { project, id, description }) =>
        createDeviceClass(deps, {
          projectId: await projectId(deps, project),
          classId: id,
          ...(description === undefined ? {} : { description }),
        }),
    ),
    list: command(inProject, async (deps, { project }) =>
      listDeviceClasses(deps, await projectId(deps, project)),
    ),
  },
  device: {
    create: command(
      inProject.extend({
        class: text.optional(),
        tag: text.optional(),
        count: number.max(5000).default(1),
      }),
      async (deps, { project, class: given, tag, count }) => {
        const id = await projectId(deps, project);
        return createDevices(deps, {
          projectId: id,
          deviceClass: await classId(deps, id, given),
          count,
          ...(tag === undefined ? {} : { tag }),
        });
      },
    ),
    list: command(inProject, async (deps, { project }) =>
      listProjectDevices(deps, await projectId(deps, project)),
    ),
  },
  module: {
    create: command(
      inProject.extend({
        id: text.max(128),
        type: z.enum(moduleTypes).default('webhooks'),
        description: z.string().max(1000).optional(),
        'event-url': url.optional(),
        'command-url': url.optional(),
        key: text.optional(),
        /** Event types to deliver, with commas; all but system events when absent. */
        events: z
          .string()
          .transform((list) => list.split(',').filter((name) => name !== ''))
          .optional(),
      }),
      async (deps, { project, id, type, 'event-url': eventUrl, 'command-url': commandUrl, ...rest }) =>
        createModule(deps, {
          projectId: await projectId(deps, project),
          moduleId: id,
          moduleType: type,
          eventUrl,
          commandUrl,
          description: rest.description,
          key: rest.key,
          subscribedEvents: rest.events,
        }),
    ),
    list: command(inProject, async (deps, { project }) =>
      listProjectModules(deps, await projectId(deps, project)),
    ),
  },
};
