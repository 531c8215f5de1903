/** Remembers the browser's zone for the next page, so that its first paint can already write the viewer's time. */
export const zoneCookie = 'latchkey-zone';

/**
 * An IANA zone out of a cookie, in the one way of writing it that the runtime has: what is kept of zones does not grow with
 * what a visitor makes up. Anything else is as good as none.
 */
export function readZone(value: string | undefined): string | undefined {
  if (value === undefined || !/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
