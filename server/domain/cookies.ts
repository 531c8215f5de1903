/** Names of the session cookie: only over https can a browser promise who set it (`__Host-`). */
export const sessionCookie = (isHttps: boolean): string =>
  isHttps ? '__Host-latchkey.session' : 'latchkey.session';

/**
 * Name of the cookie of a staff session. It counts under `/staff` and for the pages under `/support`; to every other
 * path, and to sockets, it is no credential.
 */
export const staffCookie = (isHttps: boolean): string =>
  isHttps ? '__Host-latchkey-staff' : 'latchkey.staff';

/** `Set-Cookie` that gives a browser its staff session, or with null takes it away. */
export const giveStaffCookie = (token: string | null, isHttps: boolean): string =>
  [
    `${staffCookie(isHttps)}=${token ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    ...(isHttps ? ['Secure'] : []),
    ...(token === null ? ['Max-Age=0'] : []),
  ].join('; ');

/** Value of one cookie of a `Cookie` header. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at !== -1 && part.slice(0, at).trim() === name) {
      try {
        return decodeURIComponent(part.slice(at + 1).trim());
      } catch {
        return undefined;
      }
    }
  }
  return undefined;
}
