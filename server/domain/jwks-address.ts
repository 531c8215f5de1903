const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/**
 * Whether keys that decide who comes in may be fetched from an address: by https, or in the clear from this machine
 * where the project allows it, for installations at home and for tests.
 */
export function isFetchable(address: string, allowLoopback: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && allowLoopback && loopback.has(hostname));
}
