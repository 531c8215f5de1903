import { z } from 'zod';
import { reason } from './console-actions';
import { operation } from './operation';
import { description, httpUrl, projectPath, word } from './project-fields';
import { moduleTypes } from './project-words';
import { absentable, id, idText, text, timestamp } from './values';

/** Smart modules of a project, and what they were told. */

export const projectModule = z.object({
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
