/** The first four groups of an IPv6 address, which are the network that a home is given; undefined: it is none. */
function networkOf(address: string): string | undefined {
  const [front = '', back, ...more] = address.split('::');
  if (more.length > 0) return undefined;
  const read = (part: string) => (part === '' ? [] : part.split(':'));
  const [head, tail] = [read(front), back === undefined ? [] : read(back)];
  const left = 8 - head.length - tail.length;
  if (back === undefined ? left !== 0 : left < 1) return undefined;
  const groups = [...head, ...Array<string>(left).fill('0'), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/.test(group))) return undefined;
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/**
 * Networks that are everywhere: inside houses, behind providers that put many customers behind one address, between
 * containers and their machine. Equal addresses of these are of nobody's home.
 */
const everywhere4 =
  /^(?:0|10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const everywhere6 = /^(?:0:0:0:0|f[cd][\da-f]{2}|fe[89a-f][\da-f]|ff[\da-f]{2})(?::|$)/;

/** What two addresses of one home have in common; undefined: it is no address, or one that is everywhere. */
function placeOf(address: string): string | undefined {
  const plain = address.toLowerCase().replace(/%.*$/, '');
  const four = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/.exec(plain)?.[1];
  if (four !== undefined) {
    const parts = four.split('.').map(Number);
    if (parts.some((part) => part > 255)) return undefined;
    if (parts[0] === 127) return 'this machine';
    const address = parts.join('.');
    return everywhere4.test(address) ? undefined : address;
  }
  if (plain === '::1') return 'this machine';
  const network = networkOf(plain);
  return network === undefined || everywhere6.test(network) ? undefined : network;
}

/**
 * Whether two network addresses are of one home: equal for IPv4, of one /64 for IPv6, or both of this very machine. An
 * address that is unknown, private or cannot be read is of no home.
 */
export function isSameNetwork(one: string | undefined, other: string | undefined): boolean {
  const place = one === undefined ? undefined : placeOf(one);
  return place !== undefined && other !== undefined && place === placeOf(other);
}
