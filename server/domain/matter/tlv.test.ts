import { describe, expect, it } from 'vitest';
import { parseOnboardingCode } from './onboarding-code';
import { writeQrCode } from './qr-code';
import { writeExtension } from './tlv';

/** The QR text of a device with these bytes after the fixed part. */
const extended = (bytes: string): string =>
  writeQrCode({
    passcode: 20202021,
    shortDiscriminator: 15,
    longDiscriminator: 3840,
    extension: Buffer.from(bytes, 'hex'),
  });
const reasonOf = (text: string): string => {
  const read = parseOnboardingCode(text);
  return read.ok ? 'none' : read.reason;
};
const serialOf = (text: string): string | undefined => {
  const read = parseOnboardingCode(text);
  return read.ok ? read.payloads[0]?.serialNumber : undefined;
};
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the TLV extension', () => {
  const salt = (length: number) =>
    `30 02 ${length.toString(16).padStart(2, '0')}${'ab'.repeat(length)}`.replaceAll(' ', '');
  it('matter-codes 4: reads a serial number as text and as a number', () => {
    expect(serialOf(extended('152c000a3132333435363738393018'))).toBe('1234567890');
    expect(serialOf(extended('152600d202964918'))).toBe('1234567890');
    expect(serialOf(extended('152700ffffffffffffffff18'))).toBe('18446744073709551615');
    expect(hex(writeExtension([{ tag: 0, value: '1234567890' }]))).toBe('152c000a3132333435363738393018');
    expect(hex(writeExtension([{ tag: 0, value: 1234567890n }]))).toBe('152600d202964918');
  });

  it('matter-codes 4: a serial number is at most 32 bytes of good UTF-8', () => {
    expect(reasonOf(extended(`152c0020${'41'.repeat(32)}18`))).toBe('none');
    expect(reasonOf(extended(`152c0021${'41'.repeat(33)}18`))).toBe('tlv');
    expect(reasonOf(extended('152c0002c3c318'))).toBe('tlv');
    expect(reasonOf(extended('15300002414218'))).toBe('tlv');
  });

  it('matter-codes 4: iterations 1000 to 100000 and a salt of 16 to 32 bytes, both or neither', () => {
    const iterations = (count: number) => `2601${Buffer.from(Uint32Array.of(count).buffer).toString('hex')}`;
    expect(reasonOf(extended(`15${iterations(1000)}${salt(16)}18`))).toBe('none');
    expect(reasonOf(extended(`15${iterations(100_000)}${salt(32)}18`))).toBe('none');
    expect(reasonOf(extended(`15${iterations(999)}${salt(16)}18`))).toBe('tlv');
    expect(reasonOf(extended(`15${iterations(100_001)}${salt(16)}18`))).toBe('tlv');
    expect(reasonOf(extended(`15${iterations(1000)}${salt(15)}18`))).toBe('tlv');
    expect(reasonOf(extended(`15${iterations(1000)}${salt(33)}18`))).toBe('tlv');
    expect(reasonOf(extended(`15${iterations(1000)}18`))).toBe('tlv');
    expect(reasonOf(extended(`15${salt(16)}18`))).toBe('tlv');
  });

  it('matter-codes 4: at least one device, and a time-out is a number', () => {
    expect(reasonOf(extended('1524030118'))).toBe('none');
    expect(reasonOf(extended('1524030018'))).toBe('tlv');
    expect(reasonOf(extended('1524043c18'))).toBe('none');
    expect(reasonOf(extended('152c04014118'))).toBe('tlv');
  });

  it('matter-codes 4: reserved and vendor tags are skipped when read, reserved ones refused when written', () => {
    expect(serialOf(extended('1524052924802a240001 18'.replaceAll(' ', '')))).toBe('1');
    // A structure with a list in it under a vendor's tag.
    expect(reasonOf(extended('153590360124010218 18 18'.replaceAll(' ', '')))).toBe('tlv');
    expect(reasonOf(extended('15359036010418 18 18'.replace('0418', '040518').replaceAll(' ', '')))).toBe(
      'none',
    );
    expect(() => writeExtension([{ tag: 5, value: 1n }])).toThrow(RangeError);
    expect(() => writeExtension([{ tag: 0x7f, value: 'x' }])).toThrow(RangeError);
    expect(hex(writeExtension([{ tag: 0x80, value: 256n }]))).toBe('152580000118');
  });

  it('matter-codes 4: what is no single anonymous structure is refused', () => {
    for (const bytes of [
      '010203',
      '15',
      '1518ff',
      '18',
      '1618',
      '152400',
      '152c00ff4118',
      '350018',
      '15ff0018',
      '15040118',
      '1524000124000218',
    ])
      expect(reasonOf(extended(bytes))).toBe('tlv');
    expect(reasonOf(extended('1518'))).toBe('none');
  });
});
