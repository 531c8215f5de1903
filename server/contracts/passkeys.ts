import { z } from 'zod';
import { lockPath } from './locks';
import { operation } from './operation';
import { absentable, id, idText, text, timestamp } from './values';
import { registrationResponse } from './webauthn';

/** A passkey as its owner sees it; of the key itself nothing leaves. */
export const passkey = z.object({
  id: z.string(),
  name: z.string(),
  creationTime: timestamp,
  /** Absent: never used since it was made. */
  lastUsedTime: timestamp.optional(),
});
export type Passkey = z.infer<typeof passkey>;

/** Options for the browser's own WebAuthn call, in the JSON form of the standard. */
const options = z.object({ options: z.looseObject({ challenge: z.string() }) });

export const passkeyName = text(60);
const userPath = z.object({ userId: idText });
const passkeyPath = userPath.extend({ id: z.string().regex(/^[\w-]{1,1400}$/) });

export const listPasskeys = operation({
  summary: 'Passkeys of a person, and the doors that ask them for one',
  method: 'GET',
  path: '/users/{userId}/passkeys',
  dialect: 'cloud',
  params: userPath,
  output: z.object({
    passkeys: z.array(passkey),
    /** The account has a password, which making one asks for; otherwise it takes a sign-in of the last ten minutes. */
    needsPassword: z.boolean(),
    /** Doors that ask for a passkey, always, at night or from away. */
    doors: z.array(z.object({ lockId: id, name: z.string(), homeName: z.string() })),
  }),
  status: 200,
  refusals: [403, 404],
});

export const startPasskey = operation({
  summary: 'Begin to make a passkey: what the browser needs for it',
  method: 'POST',
  path: '/users/{userId}/passkeys/start',
  dialect: 'cloud',
  params: userPath,
  body: z.object({ password: absentable(z.string()) }),
  bodyOptional: true,
  output: options,
  status: 200,
  refusals: [400, 403, 404, 409, 429],
});

export const addPasskey = operation({
  summary: 'Keep a passkey that the browser has made',
  method: 'POST',
  path: '/users/{userId}/passkeys',
  dialect: 'cloud',
  params: userPath,
  body: z.object({ name: passkeyName, credential: registrationResponse }),
  output: passkey,
  status: 201,
  refusals: [400, 403, 404, 409],
});

export const renamePasskey = operation({
  summary: 'Rename a passkey',
  method: 'PATCH',
  path: '/users/{userId}/passkeys/{id}',
  dialect: 'cloud',
  params: passkeyPath,
  body: z.object({ name: passkeyName }),
  status: 204,
  refusals: [400, 403, 404],
});

export const removePasskey = operation({
  summary: 'Remove a passkey: it signs nobody in and opens nothing any more',
  method: 'DELETE',
  path: '/users/{userId}/passkeys/{id}',
  dialect: 'cloud',
  params: passkeyPath,
  status: 204,
  refusals: [403, 404],
});

export const startPasskeySignIn = operation({
  summary: 'Begin to sign in with a passkey: what the browser needs for it',
  method: 'POST',
  path: '/auth/passkey/start',
  dialect: 'cloud',
  output: options,
  status: 200,
  refusals: [403, 429],
});

/** What a passkey is proved for at a door. */
const doorProof = z.enum(['open', 'settings', 'link']);
export type DoorProof = z.infer<typeof doorProof>;

export const startPasskeyOpening = operation({
  summary:
    'Begin to prove a passkey for one opening, one change of a lock or one guest link; the proof is good for 60 seconds, once',
  method: 'POST',
  path: '/locks/{id}/passkey/start',
  dialect: 'lock',
  params: lockPath,
  body: z.object({
    /** `settings`: to ask for a passkey less often than now; `link`: for a guest link whose first door this is; absent: `open`. */
    purpose: absentable(doorProof),
  }),
  bodyOptional: true,
  output: options,
  status: 200,
  refusals: [400, 403, 404, 409, 429],
});
