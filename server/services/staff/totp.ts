import { Secret, TOTP } from 'otpauth';

/** Seconds of a time step, and how many steps either side are taken (RFC 6238, 5.2). */
const period = 30;
const window = 1;
/** 160 bits, as RFC 4226 recommends. */
const secretBytes = 20;

const totpOf = (secret: Buffer, label = '') =>
  new TOTP({
    issuer: 'Latchkey',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: Secret.fromHex(secret.toString('hex')),
  });

/** A secret for an authenticator app. */
export const newTotpSecret = (): Buffer => Buffer.from(new Secret({ size: secretBytes }).bytes);

/** What an authenticator app is given: the address behind the QR code, and the secret to type by hand. */
export function totpEnrolment(secret: Buffer, email: string): { uri: string; secret: string } {
  const totp = totpOf(secret, email);
  return { uri: totp.toString(), secret: totp.secret.base32 };
}

/** The time step that a code belongs to, within one step of now; undefined: none. */
export function stepOfCode(secret: Buffer, code: string, now: Date): number | undefined {
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window });
  return delta === null ? undefined : Math.floor(now.getTime() / (period * 1_000)) + delta;
}
