import { z } from 'zod';
import { deviceCommand } from './devices';
import { operation } from './operation';
import { exactText, idText, timestamp } from './values';

/** Public part of a smart module (mode-api 4); configuration is never returned to members. */
export const smartModule = z.object({
  id: z.string(),
  moduleType: z.string(),
  creationTime: timestamp,
  description: z.string(),
  suspended: z.boolean(),
  subscribedEvents: z.array(z.string()).optional(),
});
export type SmartModule = z.infer<typeof smartModule>;

const homePath = z.object({ homeId: idText });
const modulePath = z.object({ homeId: idText, moduleId: exactText(128) });

export const listModules = operation({
  summary: 'Smart modules of the project, as a home sees them',
  method: 'GET',
  path: '/homes/{homeId}/smartModules',
  dialect: 'cloud',
  params: homePath,
  output: z.array(smartModule),
  status: 200,
  refusals: [403],
});

export const getModule = operation({
  summary: 'One smart module',
  method: 'GET',
  path: '/homes/{homeId}/smartModules/{moduleId}',
  dialect: 'cloud',
  params: modulePath,
  output: smartModule,
  status: 200,
  refusals: [403, 404],
});

export const commandModule = operation({
  summary: 'Send a command to a smart module',
  method: 'PUT',
  path: '/homes/{homeId}/smartModules/{moduleId}/command',
  dialect: 'cloud',
  params: modulePath,
  body: deviceCommand,
  status: 204,
  refusals: [400, 403, 404],
});
