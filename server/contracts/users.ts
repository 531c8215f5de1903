import { z } from 'zod';
import { operation } from './operation';
import { absentable, id, idText, text, timestamp } from './values';

/** User as the wire shows it (mode-api 4); the password never leaves. */
export const user = z.object({
  id,
  projectId: id,
  creationTime: timestamp,
  email: z.string().optional(),
  phoneNumber: z.string().optional(),
  name: z.string().optional(),
  verified: z.boolean(),
});
export type User = z.infer<typeof user>;

export const createUser = operation({
  summary: 'Create a user',
  method: 'POST',
  path: '/users',
  dialect: 'cloud',
  body: z.object({
    projectId: idText,
    email: absentable(z.string()),
    phoneNumber: absentable(z.string()),
    password: absentable(z.string()),
    name: absentable(text(120)),
  }),
  output: user,
  status: 201,
  refusals: [400, 403, 429],
});

const userPath = z.object({ userId: idText });

export const listUsers = operation({
  summary: 'Users of a project, by pages and search words',
  method: 'GET',
  path: '/users',
  dialect: 'cloud',
  query: z.object({
    projectId: idText,
    search: z.string().max(256).optional(),
    skip: z.coerce.number().int().min(0).max(1_000_000).default(0),
    limit: z.coerce.number().int().min(1).max(100).default(25),
  }),
  output: z.array(user),
  status: 200,
  refusals: [403],
});

export const getUser = operation({
  summary: 'One user',
  method: 'GET',
  path: '/users/{userId}',
  dialect: 'cloud',
  params: userPath,
  output: user,
  status: 200,
  refusals: [403, 404],
});

export const updateUser = operation({
  summary: 'Change the own name or password',
  method: 'PATCH',
  path: '/users/{userId}',
  dialect: 'cloud',
  params: userPath,
  body: z.object({ name: absentable(text(120)), password: absentable(z.string()) }),
  status: 204,
  refusals: [400, 403, 404, 429],
});

export const deleteUser = operation({
  summary: 'Delete the own account',
  method: 'DELETE',
  path: '/users/{userId}',
  dialect: 'cloud',
  params: userPath,
  status: 204,
  refusals: [403, 404],
});
