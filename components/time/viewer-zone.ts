/** Remembers the browser's zone for the next page, so that its first paint can already write the viewer's time. */
export const zoneCookie = 'latchkey-zone';

/** An IANA zone out of a cookie; anything else is as good as none. */
export function readZone(value: string | undefined): string | undefined {
  if (value === undefined || !/^[A-Za-z][\w+/-]{0,63}$/.test(value)) return undefined;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return value;
  } catch {
    return undefined;
  }
}
