/** Where to go after signing in when nothing usable was asked for. */
export const homePath = '/dashboard';

/** A path on this origin out of `callbackUrl`; anything that could lead elsewhere becomes the dashboard. */
export function safeReturnPath(callbackUrl: unknown): string {
  if (typeof callbackUrl !== 'string' || !callbackUrl.startsWith('/')) return homePath;
  const base = 'http://this.origin.invalid';
  try {
    const address = new URL(callbackUrl, base);
    // The parser reads "//host", "/\\host" and their kin as another origin; a path may still begin with two slashes.
    if (address.origin !== base || address.pathname.startsWith('//')) return homePath;
    return `${address.pathname}${address.search}${address.hash}`;
  } catch {
    return homePath;
  }
}
