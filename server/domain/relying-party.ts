/** Whom a passkey is made for: a browser gives it to this host, and to a page of this origin, alone. */
export interface RelyingParty {
  id: string;
  origin: string;
}

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith('[');

/**
 * The relying party behind an origin; undefined where browsers have no passkeys: at a bare network address, and without
 * https anywhere but at localhost (WebAuthn 3, 5.1.3 and 13.4.9).
 */
export function relyingPartyOf(origin: string | undefined): RelyingParty | undefined {
  if (origin === undefined || !URL.canParse(origin)) return undefined;
  const { protocol, hostname, origin: exact } = new URL(origin);
  if (hostname === '' || isAddress(hostname)) return undefined;
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  if (protocol !== 'https:' && !(protocol === 'http:' && isLocal)) return undefined;
  return { id: hostname, origin: exact };
}
