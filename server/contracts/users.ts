import { z } from 'zod';
import { operation } from './operation';
import { absentable, emptyIsAbsent, exactText, id, idText, pageOf, text, timestamp } from './values';

const languages: ReadonlySet<unknown> = new Set(['en', 'nb']);

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
    name: emptyIsAbsent(text(120)),
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
    search: exactText(256).optional(),
    skip: pageOf.skip.default(0),
    limit: pageOf.limit.default(25),
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
  summary: 'Change the own name, password or language',
  method: 'PATCH',
  path: '/users/{userId}',
  dialect: 'cloud',
  params: userPath,
  body: z.object({
    name: absentable(text(120)),
    password: absentable(z.string()),
    /** Another one is a field that is not known here (mode-api 1.2). */
    language: z.preprocess(
      (value) => (languages.has(value) ? value : undefined),
      z.enum(['en', 'nb']).optional(),
    ),
  }),
  status: 204,
  refusals: [400, 403, 404, 429],
});

export const changePassword = operation({
  summary: 'Change the own password, proved by the old one',
  method: 'POST',
  path: '/users/{userId}/password',
  dialect: 'cloud',
  params: userPath,
  body: z.object({ currentPassword: z.string().max(1024), newPassword: z.string().max(1024) }),
  status: 204,
  refusals: [400, 403, 404, 429],
});

/** A session as its owner sees it; the token never leaves. */
export const userSession = z.object({
  id: z.uuid(),
  appId: z.string(),
  creationTime: timestamp,
  lastUseTime: timestamp,
  /** Browser or app that signed in, as it named itself. */
  userAgent: z.string().optional(),
  address: z.string().optional(),
  /** The session of the presented token. */
  current: z.boolean(),
});
export type UserSession = z.infer<typeof userSession>;

export const listSessions = operation({
  summary: 'Where a user is signed in, the latest use first',
  method: 'GET',
  path: '/users/{userId}/sessions',
  dialect: 'cloud',
  params: userPath,
  output: z.array(userSession),
  status: 200,
  refusals: [403, 404],
});

export const endOtherSessions = operation({
  summary: 'Log out everywhere but here',
  method: 'DELETE',
  path: '/users/{userId}/sessions',
  dialect: 'cloud',
  params: userPath,
  output: z.object({ ended: z.number().int().min(0) }),
  status: 200,
  refusals: [403, 404],
});

export const endOneSession = operation({
  summary: 'End one session of a user',
  method: 'DELETE',
  path: '/users/{userId}/sessions/{sessionId}',
  dialect: 'cloud',
  params: userPath.extend({ sessionId: z.uuid() }),
  status: 204,
  refusals: [403, 404],
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
