import { z } from 'zod';
import { operation } from './operation';
import { absentable, id, idText, text } from './values';

/** mode-api 4, Authentication Info. */
export const authenticationInfo = z.object({
  type: z.enum(['user', 'device', 'project key', 'nobody']),
  userId: id.optional(),
  appId: z.string().optional(),
  deviceId: id.optional(),
  projectKeyName: z.string().optional(),
  projectId: id.optional(),
});
export type AuthenticationInfo = z.infer<typeof authenticationInfo>;

export const getAuthentication = operation({
  summary: 'Who the presented credential belongs to',
  method: 'GET',
  path: '/auth',
  dialect: 'cloud',
  output: authenticationInfo,
  status: 200,
  refusals: [],
});

export const authenticateUser = operation({
  summary: 'Log a user in',
  method: 'POST',
  path: '/auth/user',
  dialect: 'cloud',
  bodyFormat: 'form',
  body: z.object({
    projectId: idText,
    appId: absentable(text(120)),
    email: absentable(z.string()),
    password: absentable(z.string()),
    phoneNumber: absentable(z.string()),
    code: absentable(z.union([z.string(), z.number()]).transform(String)),
    userId: absentable(idText),
  }),
  output: z.object({ token: z.string(), userId: id }),
  status: 200,
  refusals: [400, 403, 429],
});

export const issueToken = operation({
  summary: 'Exchange a ModeCloud token or an organisation key for a short-lived JWT',
  method: 'POST',
  path: '/auth/token',
  dialect: 'cloud',
  output: z.object({ token: z.string(), tokenType: z.literal('Bearer'), expiresIn: z.number().int() }),
  status: 200,
  refusals: [400, 403],
});

export const getUserSession = operation({
  summary: 'The session of the presented token',
  method: 'GET',
  path: '/userSession',
  dialect: 'cloud',
  output: z.object({ userId: id, appId: z.string(), projectId: id, creationTime: z.string() }),
  status: 200,
  refusals: [403, 404],
});

export const endUserSession = operation({
  summary: 'Log out: the token and its sockets end now',
  method: 'DELETE',
  path: '/userSession',
  dialect: 'cloud',
  status: 204,
  refusals: [403, 404],
});
