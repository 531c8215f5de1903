/** Names of the session cookie: only over https can a browser promise who set it (`__Host-`). */
export const sessionCookie = (isHttps: boolean): string =>
  isHttps ? '__Host-latchkey.session' : 'latchkey.session';

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
