import { z } from 'zod';
import { operation } from './operation';
import { passkey, passkeyName } from './passkeys';
import { oneTimeCode, staffRole, staffSession } from './staff';
import { id, timestamp } from './values';
import { authenticationResponse, registrationResponse } from './webauthn';

/** What a member of the staff does to the own account. Whatever changes how it is entered asks for a code. */

const path = '/staff/account';
/** A code of the authenticator as it is now, good once. */
const proved = { code: oneTimeCode };
const examples = (body: object) => ({ body: { ...body, code: '493027' } });
const options = z.object({ options: z.looseObject({ challenge: z.string() }) });

const ownSession = z.object({
  id: z.uuid(),
  creationTime: timestamp,
  lastUseTime: timestamp,
  userAgent: z.string().optional(),
  address: z.string().optional(),
  current: z.boolean(),
});
export const ownStaffAccount = z.object({
  account: z.object({ id, email: z.string(), name: z.string(), role: staffRole }),
  passkeys: z.array(passkey),
  /** This one first, then by last use. */
  sessions: z.array(ownSession),
});
export type OwnStaffAccount = z.infer<typeof ownStaffAccount>;

export const showOwnStaffAccount = operation({
  summary: 'The account of the member of staff who asks, with its passkeys and where it is signed in',
  method: 'GET',
  path,
  dialect: 'cloud',
  output: ownStaffAccount,
  status: 200,
  refusals: [403],
});

export const changeStaffPassword = operation({
  summary: 'Change the own password by the old one and a code; every other session ends',
  method: 'POST',
  path: `${path}/password`,
  dialect: 'cloud',
  body: z.object({ currentPassword: z.string().max(1_024), newPassword: z.string().max(1_024), ...proved }),
  examples: examples({ currentPassword: 'a password of old', newPassword: 'another one of now' }),
  status: 204,
  refusals: [400, 403, 409, 429],
});

export const startStaffAuthenticator = operation({
  summary:
    'A secret for another authenticator app, shown this once; the old one counts until a code of it was proved',
  method: 'POST',
  path: `${path}/authenticator/start`,
  dialect: 'cloud',
  body: z.object(proved),
  examples: examples({}),
  output: z.object({ uri: z.string(), secret: z.string() }),
  status: 200,
  refusals: [400, 403, 409, 429],
});

export const proveStaffAuthenticator = operation({
  summary: 'Use the new authenticator from now on, by a code of it; every other session ends',
  method: 'POST',
  path: `${path}/authenticator`,
  dialect: 'cloud',
  body: z.object(proved),
  examples: examples({}),
  status: 204,
  refusals: [400, 403, 409, 429],
});

export const endOtherStaffSessions = operation({
  summary: 'Sign the own account out everywhere but here',
  method: 'DELETE',
  path: `${path}/sessions`,
  dialect: 'cloud',
  output: z.object({ ended: z.number().int().min(0) }),
  status: 200,
  refusals: [403],
});

export const startStaffPasskey = operation({
  summary: 'Begin to make a passkey for the own account: what the browser needs for it',
  method: 'POST',
  path: `${path}/passkeys/start`,
  dialect: 'cloud',
  body: z.object(proved),
  examples: examples({}),
  output: options,
  status: 200,
  refusals: [400, 403, 409, 429],
});

export const addStaffPasskey = operation({
  summary: 'Keep a passkey that the browser has made, as a second factor beside the authenticator',
  method: 'POST',
  path: `${path}/passkeys`,
  dialect: 'cloud',
  body: z.object({ name: passkeyName, credential: registrationResponse }),
  output: passkey,
  status: 201,
  refusals: [400, 403, 409],
});

export const removeStaffPasskey = operation({
  summary: 'Remove a passkey of the own account; it signs nobody in any more',
  method: 'DELETE',
  path: `${path}/passkeys/{id}`,
  dialect: 'cloud',
  params: z.object({ id: z.string().regex(/^[\w-]{1,1400}$/) }),
  status: 204,
  refusals: [403, 404],
});

export const startPasskeyFactor = operation({
  summary: 'Second step of a staff sign-in by passkey: what the browser needs for it',
  method: 'POST',
  path: '/staff/session/passkey/start',
  dialect: 'cloud',
  output: options,
  status: 200,
  refusals: [403, 409, 429],
});

export const provePasskeyFactor = operation({
  summary: 'Second step of a staff sign-in by passkey: what it answered',
  method: 'POST',
  path: '/staff/session/passkey',
  dialect: 'cloud',
  body: z.object({ credential: authenticationResponse }),
  output: staffSession,
  status: 200,
  refusals: [400, 403, 409, 429],
});
