import { z } from 'zod';
import { operation } from './operation';
import { absentable, absentableId, emptyIsAbsent, id, idText, text } from './values';

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
    appId: emptyIsAbsent(text(128)),
    email: absentable(z.string()),
    password: absentable(z.string()),
    phoneNumber: absentable(z.string()),
    code: absentable(z.union([z.string(), z.number()]).transform(String)),
    userId: absentableId,
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

const projectEmail = z.object({ projectId: idText, email: z.string() });
const answeredEmail = z.object({ projectId: id, email: z.string() });
const form = { method: 'POST', dialect: 'cloud', bodyFormat: 'form', status: 200 } as const;

export const sendSmsCode = operation({
  ...form,
  summary: 'Send a login code by SMS',
  path: '/auth/user/sms',
  body: z.object({ projectId: idText, phoneNumber: z.string() }),
  output: z.object({ recipient: z.string() }),
  refusals: [400, 403, 429],
});

export const startEmailVerification = operation({
  ...form,
  summary: 'Send the verification mail again',
  path: '/auth/user/emailVerification/start',
  body: projectEmail,
  output: z.object({ email: z.string() }),
  refusals: [400, 403, 429],
});

export const verifyEmail = operation({
  ...form,
  summary: 'Redeem the token of a verification mail',
  path: '/auth/user/emailVerification',
  body: z.object({ token: z.string().max(512) }),
  output: answeredEmail,
  refusals: [400, 403],
});

export const startPasswordReset = operation({
  ...form,
  summary: 'Send a mail to set a new password',
  path: '/auth/user/passwordReset/start',
  body: projectEmail,
  output: z.object({ email: z.string() }),
  refusals: [400, 403, 429],
});

export const resetPassword = operation({
  ...form,
  summary: 'Set a new password with the token of a mail',
  path: '/auth/user/passwordReset',
  body: z.object({ token: z.string().max(512), newPassword: z.string() }),
  output: answeredEmail,
  refusals: [400, 403, 429],
});

export const activateUser = operation({
  ...form,
  summary: 'An invited person sets up the account',
  path: '/auth/user/activation',
  body: z.object({
    token: z.string().max(512),
    name: text(120),
    password: z.string(),
  }),
  output: answeredEmail,
  refusals: [400, 403, 429],
});

export const signUp = operation({
  ...form,
  summary: 'Sign up for the pages; the answer is the same for known and unknown addresses',
  path: '/auth/signUp',
  body: z.object({ name: text(120), email: z.string().max(320), password: z.string().max(1024) }),
  status: 204,
  refusals: [400, 403, 429],
});

export const sendMail = operation({
  ...form,
  summary: 'Have a link mailed; the answer is the same for known and unknown addresses',
  path: '/auth/sendMail',
  body: z.object({ email: z.string().max(320), about: z.enum(['verification', 'password']) }),
  status: 204,
  refusals: [400, 403, 429],
});

export const seeInvitation = operation({
  ...form,
  summary: 'Tell the homes that an invitation was looked at',
  path: '/auth/user/invitation/seen',
  body: z.object({ token: z.string().max(512) }),
  status: 204,
  refusals: [400, 403],
});

/** The WebSocket itself is served by the gateway; a plain GET is told so (mode-api 6.1). */
export const listenToEvents = operation({
  summary: 'WebSocket of a user: events of all homes, or of one home or device',
  method: 'GET',
  path: '/userSession/websocket',
  dialect: 'cloud',
  query: z.object({ homeId: absentableId, deviceId: absentableId }),
  status: 204,
  refusals: [400, 403],
});
