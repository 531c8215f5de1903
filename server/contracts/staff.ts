import { z } from 'zod';
import { operation } from './operation';
import { absentable, id, idText, text, timestamp } from './values';

/** How people of the support staff are kept, and how they sign in. Their cookie counts for these paths alone. */

export const staffRole = z.enum(['support', 'admin']);
export type StaffRole = z.infer<typeof staffRole>;

/** Shortest password of a member of staff. */
export const staffPasswordLeast = 12;

export const staffAccount = z.object({
  id,
  email: z.string(),
  name: z.string(),
  role: staffRole,
  /** Every project, those to come included. */
  everyProject: z.boolean(),
  projects: z.array(z.object({ id, name: z.string() })),
  /** A password was set. */
  isSetUp: z.boolean(),
  /** An authenticator was proved. */
  hasFactor: z.boolean(),
  disabled: z.boolean(),
  creationTime: timestamp,
  /** Absent: never signed in. */
  lastUseTime: timestamp.optional(),
});
export type StaffAccount = z.infer<typeof staffAccount>;

/** Single-use link that sets the password of an account, shown this once. */
export const setUpLink = z.object({ url: z.string(), expirationTime: timestamp });
export type SetUpLink = z.infer<typeof setUpLink>;

/** Where a sign-in stands: what is wanted next, or `done`. */
export const staffSession = z.object({
  step: z.enum(['password', 'enrol', 'code', 'done']),
  /** At `code`: a passkey does as well. */
  hasPasskey: z.boolean().optional(),
  /** Absent at `password`. */
  account: z.object({ id, email: z.string(), name: z.string(), role: staffRole }).optional(),
  expirationTime: timestamp.optional(),
});
export type StaffSession = z.infer<typeof staffSession>;

export const oneTimeCode = z
  .string()
  .transform((code) => code.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must be six digits'));

export const signInStaff = operation({
  summary: 'First step of a staff sign-in: address and password',
  method: 'POST',
  path: '/staff/session',
  dialect: 'cloud',
  body: z.object({ email: z.string().max(300), password: z.string().max(1_024) }),
  output: staffSession,
  status: 200,
  refusals: [400, 403, 429],
});

export const getStaffSession = operation({
  summary: 'Where the staff sign-in of this browser stands',
  method: 'GET',
  path: '/staff/session',
  dialect: 'cloud',
  output: staffSession,
  status: 200,
  refusals: [],
});

export const startFactor = operation({
  summary: 'A new secret for an authenticator app, shown this once; it counts when a code of it was proved',
  method: 'POST',
  path: '/staff/session/factor/start',
  dialect: 'cloud',
  output: z.object({ uri: z.string(), secret: z.string() }),
  status: 200,
  refusals: [403, 409, 429],
});

export const proveFactor = operation({
  summary: 'Second step of a staff sign-in: a code of the authenticator, good once',
  method: 'POST',
  path: '/staff/session/factor',
  dialect: 'cloud',
  body: z.object({ code: oneTimeCode }),
  examples: { body: { code: '493027' } },
  output: staffSession,
  status: 200,
  refusals: [400, 403, 409, 429],
});

export const signOutStaff = operation({
  summary: 'End the staff session of this browser',
  method: 'DELETE',
  path: '/staff/session',
  dialect: 'cloud',
  status: 204,
  refusals: [403],
});

export const setUpStaff = operation({
  summary: 'Set the password of a staff account by its link',
  method: 'POST',
  path: '/staff/setup',
  dialect: 'cloud',
  body: z.object({ token: z.string().max(200), password: z.string().max(1_024) }),
  output: z.object({ email: z.string() }),
  status: 200,
  refusals: [400, 403, 429],
});

export const listStaff = operation({
  summary: 'Staff accounts that the caller manages',
  method: 'GET',
  path: '/staff/accounts',
  dialect: 'cloud',
  output: z.object({ items: z.array(staffAccount) }),
  status: 200,
  refusals: [403],
});

/** Projects an account works for: `everyProject`, or at least one of them by id. */
const projectsOfAccount = {
  everyProject: absentable(z.boolean()),
  projects: absentable(z.array(idText).max(1_000)),
};
const named = ({
  everyProject,
  projects,
}: {
  everyProject?: boolean | undefined;
  projects?: number[] | undefined;
}) => everyProject === true || (projects ?? []).length > 0;
const noneNamed = { path: ['projects'], error: 'must name at least one' };

export const createStaff = operation({
  summary: 'Make a staff account; answers with the link that sets its password',
  method: 'POST',
  path: '/staff/accounts',
  dialect: 'cloud',
  body: z
    .object({ email: z.string(), name: text(120), role: staffRole, ...projectsOfAccount })
    .refine(named, noneNamed),
  output: z.object({ account: staffAccount, setUp: setUpLink }),
  status: 201,
  refusals: [400, 403, 404],
});

const accountPath = z.object({ accountId: idText });

export const updateStaff = operation({
  summary: 'Change the name or role of a staff account',
  method: 'PATCH',
  path: '/staff/accounts/{accountId}',
  dialect: 'cloud',
  params: accountPath,
  body: z.object({ name: absentable(text(120)), role: absentable(staffRole) }),
  status: 204,
  refusals: [400, 403, 404, 409],
});

export const setStaffProjects = operation({
  summary: 'Choose the projects that a staff account works for',
  method: 'PUT',
  path: '/staff/accounts/{accountId}/projects',
  dialect: 'cloud',
  params: accountPath,
  body: z.object(projectsOfAccount).refine(named, noneNamed),
  status: 204,
  refusals: [400, 403, 404, 409],
});

export const disableStaff = operation({
  summary: 'Switch a staff account off; its sessions end',
  method: 'POST',
  path: '/staff/accounts/{accountId}/disable',
  dialect: 'cloud',
  params: accountPath,
  status: 204,
  refusals: [403, 404, 409],
});

export const enableStaff = operation({
  summary: 'Switch a staff account on again',
  method: 'POST',
  path: '/staff/accounts/{accountId}/enable',
  dialect: 'cloud',
  params: accountPath,
  status: 204,
  refusals: [403, 404],
});

export const endStaffSessions = operation({
  summary: 'End all sessions of a staff account',
  method: 'DELETE',
  path: '/staff/accounts/{accountId}/sessions',
  dialect: 'cloud',
  params: accountPath,
  status: 204,
  refusals: [403, 404],
});

export const renewStaffSetUp = operation({
  summary: 'A new link that sets the password; using it takes the authenticator away and ends all sessions',
  method: 'POST',
  path: '/staff/accounts/{accountId}/setup',
  dialect: 'cloud',
  params: accountPath,
  output: setUpLink,
  status: 201,
  refusals: [403, 404],
});
