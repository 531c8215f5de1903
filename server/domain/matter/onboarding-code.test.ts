import { describe, expect, it } from 'vitest';
import { readBase38, writeBase38 } from './base38';
import { groupManualCode, writeManualCode } from './manual-code';
import { cleanOnboardingCode, parseOnboardingCode, readCommissioningCode } from './onboarding-code';
import type { OnboardingPayload } from './onboarding-payload';
import { writeQrCode } from './qr-code';
import vectors from './vectors.json';
import { checkDigit } from './verhoeff';

interface Fields {
  passcode: number;
  shortDiscriminator?: number;
  discriminator?: number;
  vendorId?: number;
  productId?: number;
  flowType?: number;
  discoveryCapabilities?: number;
  tlv?: string;
}

const payloadOf = (text: string): OnboardingPayload => {
  const read = parseOnboardingCode(text);
  if (!read.ok) throw new Error(`${text}: ${read.reason}`);
  return read.payloads[0] as OnboardingPayload;
};
const reasonOf = (text: string): string => {
  const read = parseOnboardingCode(text);
  return read.ok ? 'none' : read.reason;
};
/** A code with its check digit made right, so that what comes after that check is seen. */
const withCheck = (digits: string) => digits + checkDigit(digits);
const flows = ['standard', 'user-intent', 'custom'];
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex');
const qr = (more: Partial<OnboardingPayload> = {}): OnboardingPayload => ({
  passcode: 20202021,
  shortDiscriminator: 15,
  longDiscriminator: 3840,
  vendorId: 0xfff1,
  productId: 0x8000,
  flow: 'standard',
  discoveryBits: 2,
  ...more,
});
/** The worked example with some bits of its fixed part set. */
function withBits(...bits: number[]): string {
  const decoded = readBase38('Y.K9042C00KA0648G00');
  if (!decoded.ok) throw new Error(decoded.reason);
  for (const bit of bits) decoded.bytes[bit >> 3] = (decoded.bytes[bit >> 3] ?? 0) | (1 << (bit & 7));
  return `MT:${writeBase38(decoded.bytes)}`;
}

describe('the vectors of matter-codes.json', () => {
  it.each(vectors.valid)('reads $code ($source)', ({ code, kind, fields }) => {
    const read = parseOnboardingCode(code);
    if (!read.ok) throw new Error(read.reason);
    expect(read.kind).toBe(kind);
    const wanted = (Array.isArray(fields) ? fields : [fields]) as Fields[];
    expect(
      read.payloads.map((payload) => ({
        passcode: payload.passcode,
        short: payload.shortDiscriminator,
        long: payload.longDiscriminator,
        vendorId: payload.vendorId,
        productId: payload.productId,
        flow: payload.flow,
        discovery: payload.discoveryBits,
        tlv: hex(payload.extension),
      })),
    ).toEqual(
      wanted.map((field) => ({
        passcode: field.passcode,
        short: field.shortDiscriminator ?? (field.discriminator as number) >> 8,
        long: field.discriminator,
        vendorId: field.vendorId,
        productId: field.productId,
        flow: field.flowType === undefined ? undefined : flows[field.flowType],
        discovery: field.discoveryCapabilities,
        tlv: field.tlv ?? '',
      })),
    );
  });

  it.each(vectors.invalid)('refuses $code for its $reason ($source)', ({ code, reason }) => {
    const read = parseOnboardingCode(code);
    expect(read).toEqual({ ok: false, reason, message: expect.stringMatching(/\.$|:$/) });
  });
});

describe('cleaning', () => {
  it('matter-codes 1: takes white space off both ends, whatever it is made of', () => {
    for (const blank of [' ', '\n', '\t', '\u00a0', '\u2003', '\u3000', '\u0085', '\ufeff']) {
      expect(payloadOf(`${blank}34970112332${blank}`).passcode).toBe(20202021);
      expect(cleanOnboardingCode(`${blank}MT:Y.K9042C00KA0648G00${blank}`)).toMatchObject({
        code: 'MT:Y.K9042C00KA0648G00',
      });
    }
  });

  it('matter-codes 1: takes blanks and every kind of dash from between digits', () => {
    for (const between of ['-', ' ', '\u2010', '\u2013', '\u2015', '\u2212', ' - ', '\u2009', '--']) {
      expect(payloadOf(`3497${between}011${between}2332`).passcode).toBe(20202021);
    }
  });

  it('matter-codes 1: cleans nothing within a QR text, and knows its prefix in capitals alone', () => {
    expect(reasonOf('MT:Y.K90 42C00KA0648G00')).toBe('characters');
    expect(reasonOf('MT:y.k9042c00ka0648g00')).toBe('characters');
    for (const text of ['mt:Y.K9042C00KA0648G00', 'Mt:Y.K9042C00KA0648G00', 'MT Y.K9042C00KA0648G00'])
      expect(reasonOf(text)).toBe('prefix');
  });

  it('matter-codes 1: refuses letters, dots, signs and full-width digits among the digits', () => {
    for (const text of [
      '3497O112332',
      '3497.011.2332',
      '+34970112332',
      '-34970112332',
      '３４９７０１１２３３２',
      '34970112332.',
      '٣4970112332',
    ])
      expect(reasonOf(text)).toBe('characters');
    for (const text of ['Y.K9042C00KA0648G00', 'code 34970112332', 'ø4970112332'])
      expect(reasonOf(text)).toBe('prefix');
    for (const text of ['', '   ', '-', ' - - ']) expect(reasonOf(text)).toBe('length');
  });

  it('matter-codes 1: keeps leading zeros', () => {
    expect(payloadOf('00000100007')).toEqual({ passcode: 1, shortDiscriminator: 0 });
  });

  it('matter-codes 1: 22 digits are no Matter code, and are passed on as they are to a hub that may know them', () => {
    const code = '1234567891234567856718';
    expect(reasonOf(code)).toBe('length');
    expect(readCommissioningCode('1234-567-8912-34567-856718')).toEqual({ ok: true, kind: 'other', code });
    expect(readCommissioningCode('123456789123456785671')).toMatchObject({ ok: false });
    expect(readCommissioningCode('12345678912345678567180')).toMatchObject({ ok: false, reason: 'length' });
  });

  it('matter-codes 1: hands on digits without separators and a QR text as it stands', () => {
    expect(readCommissioningCode(' 3497-011-2332 ')).toMatchObject({ kind: 'manual', code: '34970112332' });
    expect(readCommissioningCode(' MT:Y.K9042C00KA0648G00')).toMatchObject({
      kind: 'qr',
      code: 'MT:Y.K9042C00KA0648G00',
      payload: { vendorId: 0xfff1, productId: 0x8000 },
    });
  });
});

describe('manual codes', () => {
  it('matter-codes 2: the worked example, both ways', () => {
    expect(writeManualCode({ passcode: 20202021, shortDiscriminator: 15 })).toBe('34970112332');
    expect(
      writeManualCode({ passcode: 20202021, shortDiscriminator: 15, vendorId: 65521, productId: 32769 }),
    ).toBe('749701123365521327694');
    expect(payloadOf('749701123365521327694')).toEqual({
      passcode: 20202021,
      shortDiscriminator: 15,
      vendorId: 65521,
      productId: 32769,
    });
  });

  it('matter-codes 2: the check comes before the first digit, the form, the ranges and the passcode', () => {
    expect(reasonOf('83610875350')).toBe('check-digit');
    expect(reasonOf('83610875351')).toBe('version');
    expect(reasonOf(withCheck('9361087535'))).toBe('version');
    expect(reasonOf(withCheck('36610875359999999999'))).toBe('length');
    expect(reasonOf(withCheck('4361087535'))).toBe('length');
    expect(reasonOf(withCheck('0655360000'))).toBe('range');
    expect(reasonOf(withCheck('0999999999'))).toBe('range');
    expect(reasonOf(withCheck('0000008192'))).toBe('range');
    expect(reasonOf(withCheck('0000000000'))).toBe('passcode');
  });

  it('matter-codes 2: a vendor above 0xFFF4 and a product above 0xFFFF are refused, the largest are taken', () => {
    const long = (vendor: string, product: string) => withCheck(`7497011233${vendor}${product}`);
    expect(payloadOf(long('65524', '65535'))).toMatchObject({ vendorId: 65524, productId: 65535 });
    expect(reasonOf(long('65525', '00001'))).toBe('range');
    expect(reasonOf(long('99999', '00001'))).toBe('range');
    expect(reasonOf(long('00001', '65536'))).toBe('range');
  });

  it('matter-codes 2: vendor 0 of the long form is read as not given', () => {
    expect(payloadOf(withCheck('74970112330000000000'))).toEqual({
      passcode: 20202021,
      shortDiscriminator: 15,
    });
  });

  it('matter-codes 2: the short discriminator is the upper four bits', () => {
    expect(
      payloadOf(writeManualCode({ passcode: 1, shortDiscriminator: 3840 >> 8 })).shortDiscriminator,
    ).toBe(15);
    for (let short = 0; short < 16; short += 1)
      expect(payloadOf(writeManualCode({ passcode: 5, shortDiscriminator: short })).shortDiscriminator).toBe(
        short,
      );
  });

  it('matter-codes 3: the largest passcode is taken, what is above and what is guessable is not', () => {
    const digits = (passcode: number) =>
      withCheck(`0${String(passcode & 0x3fff).padStart(5, '0')}${String(passcode >> 14).padStart(4, '0')}`);
    expect(reasonOf(digits(99_999_998))).toBe('none');
    for (const passcode of [0, 12_345_678, 87_654_321, 99_999_999, 100_000_000]) {
      expect(reasonOf(digits(passcode))).toBe('passcode');
      expect(() => writeManualCode({ passcode, shortDiscriminator: 0 })).toThrow(RangeError);
    }
    for (let digit = 1; digit <= 9; digit += 1) expect(reasonOf(digits(digit * 11_111_111))).toBe('passcode');
  });

  it('matter-codes 3: no message repeats the code or its passcode', () => {
    for (const { code } of vectors.invalid) {
      const read = parseOnboardingCode(code);
      const digits = code.replace(/\D/g, '');
      if (!read.ok && digits.length > 5) expect(read.message).not.toContain(digits.slice(0, 5));
    }
  });

  it('matter-codes 5: says which part of the code is wrong', () => {
    const messageOf = (text: string) => {
      const read = parseOnboardingCode(text);
      return read.ok ? '' : read.message;
    };
    expect(messageOf('3497O112332')).toMatch(/^Character 5 /);
    expect(messageOf('3497011233')).toMatch(/^There are 10 digits/);
    expect(messageOf('34970121332')).toMatch(/^The last digit/);
    expect(messageOf(withCheck('0655360000'))).toMatch(/^Digits 2 to 6 /);
    expect(messageOf(withCheck('0000008192'))).toMatch(/^Digits 7 to 10 /);
    expect(messageOf('750021123365521655366')).toMatch(/^Digits 16 to 20 /);
    expect(messageOf('MT:Y.K9042C00KA0648G0?')).toMatch(/^Character 19 after MT:/);
    expect(messageOf('MT:QLS1842C00KA0648G00')).toMatch(/character 1 after MT:/);
    expect(messageOf('MT:M5L90MP500K64J00000*M5L90MP500K64J0000?')).toMatch(/^Character 39 after MT:/);
  });

  it('matter-codes 5: groups digits as they are printed', () => {
    expect(groupManualCode('34970112332')).toBe('3497-011-2332');
    expect(groupManualCode('749701123365521327694')).toBe('7497-011-2336-55213-27694');
  });
});

describe('QR texts', () => {
  it('matter-codes 4: the worked example, and the manual code of the same device', () => {
    expect(payloadOf('MT:Y.K9042C00KA0648G00')).toEqual({
      passcode: 20202021,
      shortDiscriminator: 15,
      longDiscriminator: 3840,
      vendorId: 0xfff1,
      productId: 0x8000,
      flow: 'standard',
      discovery: { ble: true, onNetwork: false, wifiPaf: false, nfc: false },
      discoveryBits: 2,
    });
    expect(writeQrCode(qr())).toBe('MT:Y.K9042C00KA0648G00');
    const { passcode, shortDiscriminator } = payloadOf('MT:Y.K9042C00KA0648G00');
    expect(writeManualCode({ passcode, shortDiscriminator })).toBe('34970112332');
  });

  it('matter-codes 4: version other than 0 and flow 3 are refused, flows 1 and 2 are told', () => {
    expect(payloadOf(writeQrCode(qr({ flow: 'user-intent' }))).flow).toBe('user-intent');
    expect(payloadOf(writeQrCode(qr({ flow: 'custom' }))).flow).toBe('custom');
    expect(reasonOf('MT:Z.K9042C00KA0648G00')).toBe('version');
    expect(reasonOf(withBits(35, 36))).toBe('flow');
    expect(reasonOf(withBits(35))).toBe('none');
  });

  it('matter-codes 4: unknown discovery bits are ignored when read and left 0 when written', () => {
    const all = payloadOf(writeQrCode(qr({ discoveryBits: 0xff })));
    expect(all.discovery).toEqual({ ble: true, onNetwork: true, wifiPaf: true, nfc: true });
    const { discoveryBits: _printed, ...fresh } = qr({
      discovery: { ble: true, onNetwork: true, wifiPaf: true, nfc: true },
    });
    expect(payloadOf(writeQrCode(fresh)).discoveryBits).toBe(0b11110);
  });

  it('matter-codes 4: vendor 0 and product 0 mean not given', () => {
    const read = payloadOf(writeQrCode(qr({ vendorId: 0, productId: 0 })));
    expect(read).not.toHaveProperty('vendorId');
    expect(read).not.toHaveProperty('productId');
  });

  it('matter-codes 4: the padding is ignored when read', () => {
    const padded = withBits(84, 85, 86, 87);
    expect(padded).not.toBe('MT:Y.K9042C00KA0648G00');
    expect(payloadOf(padded)).toEqual(payloadOf('MT:Y.K9042C00KA0648G00'));
  });

  it('matter-codes 4: base38 leaves rests of four and two, and none of one or three', () => {
    for (const text of [
      'MT:',
      'MT:0',
      'MT:Y.K9042C00KA0648',
      'MT:Y.K9042C00KA0648G0',
      'MT:Y.K9042C00KA06400',
      'MT:Y.K90',
    ])
      expect(reasonOf(text)).toBe('length');
    expect(reasonOf('MT:PLS1842C00KA0648G00')).not.toBe('range');
    expect(reasonOf('MT:QLS1842C00KA0648G00')).toBe('range');
  });

  it('matter-codes 4: an error in any of several payloads refuses the whole code', () => {
    const good = 'M5L90MP500K64J00000';
    expect(parseOnboardingCode(`MT:${good}*${good}`)).toMatchObject({ ok: true });
    expect(reasonOf(`MT:${good}*`)).toBe('length');
    expect(reasonOf(`MT:*${good}`)).toBe('length');
    expect(reasonOf(`MT:${good}**${good}`)).toBe('length');
    expect(reasonOf(`MT:${good}*MT:${good}`)).toBe('characters');
  });

  it('matter-codes 4: 255 characters a payload, 4296 in all', () => {
    expect(reasonOf(`MT:${'0'.repeat(256)}`)).toBe('length');
    const good = 'M5L90MP500K64J00000';
    expect(reasonOf(`MT:${Array.from({ length: 214 }, () => good).join('*')}`)).toBe('none');
    expect(reasonOf(`MT:${Array.from({ length: 215 }, () => good).join('*')}`)).toBe('length');
    expect(() => writeQrCode(qr({ extension: new Uint8Array(200) }))).toThrow(RangeError);
  });

  it('matter-codes 5: each field is refused in writing when it does not fit', () => {
    expect(() => writeQrCode(qr({ longDiscriminator: 4096 }))).toThrow(RangeError);
    expect(() => writeQrCode(qr({ vendorId: 65_536 }))).toThrow(RangeError);
    expect(() => writeQrCode({ passcode: 5, shortDiscriminator: 1 })).toThrow(RangeError);
    expect(() => writeManualCode({ passcode: 5, shortDiscriminator: 16 })).toThrow(RangeError);
    expect(() => writeManualCode({ passcode: 5, shortDiscriminator: 1, vendorId: 0xfff5 })).toThrow(
      RangeError,
    );
  });
});
