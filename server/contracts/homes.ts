import { z } from 'zod';
import { operation } from './operation';
import { absentable, exactText, id, idText, pageOf, text, timestamp } from './values';

/** Home as the wire shows it (mode-api 4). */
export const home = z.object({
  id,
  projectId: id,
  creationTime: timestamp,
  name: z.string(),
  timezone: z.string().optional(),
  deactivated: z.literal(true).optional(),
});
export type Home = z.infer<typeof home>;

const homePath = z.object({ homeId: idText });
const homeName = text(120);

/** IANA time zone name; anything else is refused, since it would move access windows. */
const timezone = z
  .string()
  .max(64)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, 'must be an IANA time zone, for example Europe/Oslo');

export const listHomes = operation({
  summary: 'Homes of a user',
  method: 'GET',
  path: '/homes',
  dialect: 'cloud',
  query: z.object({
    userId: idText.optional(),
    /** Homes of a whole project, for project keys. */
    projectId: idText.optional(),
    search: exactText(256).optional(),
    /** Of a user's homes all are given where neither is asked for, of a project's the first 25. */
    skip: pageOf.skip.optional(),
    limit: pageOf.limit.optional(),
  }),
  output: z.array(home),
  status: 200,
  refusals: [403],
});

/** What a home is made of. */
export const newHome = z.object({ name: homeName, timezone: absentable(timezone) });

export const createHome = operation({
  summary: 'Create a home; the caller becomes its owner',
  method: 'POST',
  path: '/homes',
  dialect: 'cloud',
  body: newHome,
  output: home,
  status: 201,
  refusals: [400, 403],
});

export const getHome = operation({
  summary: 'One home',
  method: 'GET',
  path: '/homes/{homeId}',
  dialect: 'cloud',
  params: homePath,
  output: home,
  status: 200,
  refusals: [403, 404],
});

export const updateHome = operation({
  summary: 'Rename a home or set its time zone',
  method: 'PATCH',
  path: '/homes/{homeId}',
  dialect: 'cloud',
  params: homePath,
  body: z.object({
    name: absentable(homeName),
    timezone: absentable(timezone),
    deactivated: absentable(z.boolean()),
  }),
  status: 204,
  refusals: [400, 403, 404],
});

export const deleteHome = operation({
  summary: 'Delete a home for all its members',
  method: 'DELETE',
  path: '/homes/{homeId}',
  dialect: 'cloud',
  params: homePath,
  status: 204,
  refusals: [403, 404],
});
