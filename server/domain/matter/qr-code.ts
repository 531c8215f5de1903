import { readBase38, writeBase38 } from './base38';
import {
  type CommissioningFlow,
  type Discovery,
  type OnboardingPayload,
  type Refused,
  refused,
} from './onboarding-payload';
import { isPasscode } from './passcode';
import { readExtension, writeExtension } from './tlv';

/** Upper case, exactly (matter-codes 1). */
export const qrPrefix = 'MT:';
const payloadMost = 255;
const textMost = 4_296;
const fixedBytes = 11;
/** Fields of the fixed part, least significant bit first, and their widths (matter-codes 4). */
const widths = {
  version: 3,
  vendorId: 16,
  productId: 16,
  flow: 2,
  discovery: 8,
  discriminator: 12,
  passcode: 27,
} as const;
type Field = keyof typeof widths;
const fields = Object.keys(widths) as Field[];
const flows: readonly CommissioningFlow[] = ['standard', 'user-intent', 'custom'];
const discoveryFlags: Record<keyof Discovery, number> = { ble: 2, onNetwork: 4, wifiPaf: 8, nfc: 16 };

function readFixed(bytes: Uint8Array): Record<Field, number> {
  let at = 0;
  const values = {} as Record<Field, number>;
  for (const field of fields) {
    let value = 0;
    for (let bit = 0; bit < widths[field]; bit += 1, at += 1) {
      if ((((bytes[at >> 3] ?? 0) >> (at & 7)) & 1) === 1) value += 2 ** bit;
    }
    values[field] = value;
  }
  return values;
}

function writeFixed(values: Record<Field, number>): Uint8Array {
  const bytes = new Uint8Array(fixedBytes);
  let at = 0;
  for (const field of fields) {
    const value = values[field];
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** widths[field])
      throw new RangeError(`${field} does not fit ${widths[field]} bits`);
    for (let bit = 0; bit < widths[field]; bit += 1, at += 1) {
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (((value >> bit) & 1) << (at & 7));
    }
  }
  return bytes;
}

const wrongText = {
  characters: (at: number) => `Character ${at + 1} after MT: is none of 0-9, A-Z, - and the full stop.`,
  length: () => 'Characters are missing at the end of the code, or there are too many.',
  range: (at: number) => `The group that begins with character ${at + 1} after MT: cannot be right.`,
};

function readPayload(text: string, offset: number): { ok: true; payload: OnboardingPayload } | Refused {
  if (text.length > payloadMost)
    return refused('length', `The code is longer than ${payloadMost} characters.`);
  const decoded = readBase38(text);
  if (!decoded.ok) return refused(decoded.reason, wrongText[decoded.reason](offset + decoded.at));
  const { bytes } = decoded;
  if (bytes.length < fixedBytes) return refused('length', 'Characters are missing at the end of the code.');
  const fixed = readFixed(bytes);
  if (fixed.version !== 0) return refused('version', 'The code is of a newer kind.');
  const flow = flows[fixed.flow];
  if (flow === undefined) return refused('flow', 'The code asks for an unsupported flow.');
  if (!isPasscode(fixed.passcode))
    return refused('passcode', 'The code holds a passcode that no device may have.');
  const extension = bytes.subarray(fixedBytes);
  const extra = extension.length === 0 ? {} : readExtension(extension);
  if (extra === undefined) return refused('tlv', 'What follows the fixed part of the code cannot be read.');
  const { passcode, discriminator, vendorId, productId, discovery } = fixed;
  return {
    ok: true,
    payload: {
      passcode,
      shortDiscriminator: discriminator >> 8,
      longDiscriminator: discriminator,
      ...(vendorId === 0 ? {} : { vendorId }),
      ...(productId === 0 ? {} : { productId }),
      flow,
      discovery: {
        ble: (discovery & discoveryFlags.ble) !== 0,
        onNetwork: (discovery & discoveryFlags.onNetwork) !== 0,
        wifiPaf: (discovery & discoveryFlags.wifiPaf) !== 0,
        nfc: (discovery & discoveryFlags.nfc) !== 0,
      },
      discoveryBits: discovery,
      ...extra,
      ...(extension.length === 0 ? {} : { extension }),
    },
  };
}

/** Reads a QR text with its prefix; an error in any of its payloads refuses all (matter-codes 4, 5). */
export function readQrCode(text: string): { ok: true; payloads: OnboardingPayload[] } | Refused {
  if (text.length > textMost) return refused('length', `The code is longer than ${textMost} characters.`);
  const payloads: OnboardingPayload[] = [];
  let offset = 0;
  for (const part of text.slice(qrPrefix.length).split('*')) {
    const read = readPayload(part, offset);
    if (!read.ok) return read;
    payloads.push(read.payload);
    offset += part.length + 1;
  }
  return { ok: true, payloads };
}

function discoveryOf({ discovery, discoveryBits }: OnboardingPayload): number {
  if (discoveryBits !== undefined) return discoveryBits;
  let bits = 0;
  for (const [name, flag] of Object.entries(discoveryFlags)) {
    if (discovery?.[name as keyof Discovery] === true) bits |= flag;
  }
  return bits;
}

/**
 * Writes a QR text, of one payload or of several (matter-codes 4, 5). Each needs its long discriminator; throws
 * RangeError for what no code can carry.
 */
export function writeQrCode(...payloads: [OnboardingPayload, ...OnboardingPayload[]]): string {
  const texts = payloads.map((payload) => {
    if (!isPasscode(payload.passcode)) throw new RangeError('the passcode is none that a device may have');
    const fixed = writeFixed({
      version: 0,
      vendorId: payload.vendorId ?? 0,
      productId: payload.productId ?? 0,
      flow: flows.indexOf(payload.flow ?? 'standard'),
      discovery: discoveryOf(payload),
      discriminator: payload.longDiscriminator ?? -1,
      passcode: payload.passcode,
    });
    const extension =
      payload.extension ??
      (payload.serialNumber === undefined
        ? new Uint8Array()
        : writeExtension([{ tag: 0, value: payload.serialNumber }]));
    const text = writeBase38(Uint8Array.from([...fixed, ...extension]));
    if (text.length > payloadMost) throw new RangeError(`a payload is longer than ${payloadMost} characters`);
    return text;
  });
  const text = qrPrefix + texts.join('*');
  if (text.length > textMost) throw new RangeError(`the code is longer than ${textMost} characters`);
  return text;
}
