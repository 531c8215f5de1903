/** Names of the session cookie: only over https can a browser promise who set it (`__Host-`). */
export const sessionCookie = (isHttps: boolean): string =>
  isHttps ? '__Host-latchkey.session' : 'latchkey.session';

/**
 * Name of the cookie of a staff session. It counts under `/staff` and for the pages under `/support`; to every other
 * path, and to sockets, it is no credential.
 */
export const staffCookie = (isHttps: boolean): string =>
  isHttps ? '__Host-latchkey-staff' : 'latchkey.staff';

/** `Set-Cookie` of a cookie for our own pages alone, for as long as the browser runs; with null it is taken away. */
const giveCookie = (name: string, value: string | null, isHttps: boolean): string =>
  [
    `${name}=${value ?? ''}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Strict',
    ...(isHttps ? ['Secure'] : []),
    ...(value === null ? ['Max-Age=0'] : []),
  ].join('; ');

/** `Set-Cookie` that gives a browser its staff session, or with null takes it away. */
export const giveStaffCookie = (token: string | null, isHttps: boolean): string =>
  giveCookie(staffCookie(isHttps), token, isHttps);

/** Name of the cookie that says which granted look a browser of staff uses; worth something beside the staff cookie alone. */
export const viewCookie = (isHttps: boolean): string => (isHttps ? '__Host-latchkey-view' : 'latchkey.view');

/** `Set-Cookie` that gives a browser of staff the look it uses, or with null takes it away. */
export const giveViewCookie = (viewId: string | null, isHttps: boolean): string =>
  giveCookie(viewCookie(isHttps), viewId, isHttps);

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
