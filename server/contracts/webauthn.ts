import { z } from 'zod';
import { absentable } from './values';

/** Binary values as WebAuthn writes them in JSON. */
const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+$/, 'must be base64url');

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
};

/** What a browser answers when a passkey was made (WebAuthn 3, RegistrationResponseJSON). */
export const registrationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4096),
    attestationObject: base64url(65_536),
    transports: absentable(z.array(z.string().max(32)).max(16)),
  }),
});
export type RegistrationAnswer = z.infer<typeof registrationResponse>;

/** What a browser answers when a passkey was used (WebAuthn 3, AuthenticationResponseJSON). */
export const authenticationResponse = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(4096),
    userHandle: absentable(base64url(256)),
  }),
});
export type AuthenticationAnswer = z.infer<typeof authenticationResponse>;
