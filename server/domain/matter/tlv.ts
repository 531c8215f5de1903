/** Tags of the extension's members (matter-codes 4). */
const serialTag = 0x00;
const iterationsTag = 0x01;
const saltTag = 0x02;
const devicesTag = 0x03;
const timeoutTag = 0x04;
const firstVendorTag = 0x80;

const structure = 0x15;
const array = 0x16;
const list = 0x17;
const endOfContainer = 0x18;
/** Bytes that a tag takes, by the upper three bits of the control byte. */
const tagWidths = [0, 1, 2, 4, 2, 4, 6, 8] as const;

interface Member {
  tag: number;
  value:
    | { kind: 'unsigned'; number: bigint }
    | { kind: 'text' | 'bytes'; bytes: Uint8Array }
    | { kind: 'other' };
}

const littleEndian = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n);

/** Members with a context tag at the top level of one anonymous structure that fills the bytes; undefined: it is none. */
function readMembers(bytes: Uint8Array): Member[] | undefined {
  if (bytes[0] !== structure) return undefined;
  const members: Member[] = [];
  const open: number[] = [structure];
  let at = 1;
  const take = (count: number): Uint8Array | undefined => {
    if (count > bytes.length - at) return undefined;
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (open.length > 0) {
    const control = take(1)?.[0];
    if (control === undefined) return undefined;
    if (control === endOfContainer) {
      open.pop();
      continue;
    }
    const form = control >> 5;
    const type = control & 0x1f;
    const container = open.at(-1);
    // Members of a structure are named, those of an array are not; a list takes both.
    if (container !== list && (form === 0) !== (container === array)) return undefined;
    const tag = take(tagWidths[form] ?? 0);
    if (tag === undefined) return undefined;
    let value: Member['value'] = { kind: 'other' };
    if (type <= 0x07 || type === 0x0a || type === 0x0b) {
      const number = take(type <= 0x07 ? 1 << (type & 3) : type === 0x0a ? 4 : 8);
      if (number === undefined) return undefined;
      if (type >= 0x04 && type <= 0x07) value = { kind: 'unsigned', number: littleEndian(number) };
    } else if (type >= 0x0c && type <= 0x13) {
      const length = take(1 << (type & 3));
      const content = length === undefined ? undefined : take(Number(littleEndian(length)));
      if (content === undefined) return undefined;
      value = { kind: type <= 0x0f ? 'text' : 'bytes', bytes: content };
    } else if (type >= structure && type <= list) {
      open.push(type);
      continue;
    } else if (type >= endOfContainer) {
      return undefined;
    }
    if (open.length === 1 && form === 1) members.push({ tag: tag[0] ?? 0, value });
  }
  return at === bytes.length ? members : undefined;
}

const isBetween = (value: Member['value'], least: bigint, most: bigint): boolean =>
  value.kind === 'unsigned' && value.number >= least && value.number <= most;

function serialOf(value: Member['value']): string | undefined {
  if (value.kind === 'unsigned') return String(value.number);
  if (value.kind !== 'text' || value.bytes.length > 32) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value.bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads the extension after the fixed part (matter-codes 4). Unknown tags are skipped; undefined when the bytes are no
 * such structure or a known member says what it may not.
 */
export function readExtension(bytes: Uint8Array): { serialNumber?: string } | undefined {
  const members = readMembers(bytes);
  if (members === undefined) return undefined;
  const known = new Map<number, Member['value']>();
  for (const { tag, value } of members) {
    if (tag > timeoutTag) continue;
    if (known.has(tag)) return undefined;
    known.set(tag, value);
  }
  const iterations = known.get(iterationsTag);
  const salt = known.get(saltTag);
  const devices = known.get(devicesTag);
  const timeout = known.get(timeoutTag);
  const serial = known.get(serialTag);
  if ((iterations === undefined) !== (salt === undefined)) return undefined;
  if (iterations !== undefined && !isBetween(iterations, 1_000n, 100_000n)) return undefined;
  if (salt !== undefined && !(salt.kind === 'bytes' && salt.bytes.length >= 16 && salt.bytes.length <= 32))
    return undefined;
  if (devices !== undefined && !isBetween(devices, 1n, 2n ** 64n)) return undefined;
  if (timeout !== undefined && timeout.kind !== 'unsigned') return undefined;
  if (serial === undefined) return {};
  const serialNumber = serialOf(serial);
  return serialNumber === undefined ? undefined : { serialNumber };
}

/** A member to write: text, or a whole number from 0. */
export interface ExtensionMember {
  tag: number;
  value: string | bigint;
}

function writeMember({ tag, value }: ExtensionMember): number[] {
  if (!Number.isInteger(tag) || tag < 0 || tag > 0xff || (tag > timeoutTag && tag < firstVendorTag))
    throw new RangeError('the tag is reserved');
  if (typeof value === 'string') {
    const text = new TextEncoder().encode(value);
    if (text.length > (tag === serialTag ? 32 : 255)) throw new RangeError('the text is too long');
    return [0x2c, tag, text.length, ...text];
  }
  if (value < 0n || value >= 2n ** 64n) throw new RangeError('the number must fit 8 bytes');
  const size = [0, 1, 2, 3].find((power) => value < 2n ** BigInt(8 << power)) ?? 3;
  const bytes = Array.from({ length: 1 << size }, (_, place) => Number((value >> BigInt(8 * place)) & 0xffn));
  return [0x24 | size, tag, ...bytes];
}

/** Writes an extension. Throws RangeError for reserved tags, which readers skip and writers refuse (matter-codes 4). */
export const writeExtension = (members: readonly ExtensionMember[]): Uint8Array =>
  Uint8Array.from([structure, ...members.flatMap(writeMember), endOfContainer]);
