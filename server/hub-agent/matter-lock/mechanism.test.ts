import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseOnboardingCode } from '@/server/domain/matter/onboarding-code';
import { codesOf, makeLabel } from './label';
import { freeBolt, moveBolt, newMechanism } from './mechanism';
import { pngOf } from './qr-png';

describe('the works of a virtual lock', () => {
  it('count openings on command, and no others', () => {
    const opened = moveBolt(newMechanism, 'UNLOCKED', 'remote');
    expect(opened.next).toMatchObject({ bolt: 'UNLOCKED', actuations: 1 });
    expect(opened.told).toEqual({ type: 'operated', operation: 'unlock' });
    for (const source of ['manual', 'keypad', 'auto'] as const)
      expect(moveBolt(newMechanism, 'UNLOCKED', source).next.actuations).toBe(0);
    expect(moveBolt(opened.next, 'LOCKED', 'remote').next).toMatchObject({ bolt: 'LOCKED', actuations: 1 });
  });

  it('stick half way when something is in the way, and slide back when it is gone', () => {
    const stuck = moveBolt({ ...newMechanism, isObstructed: true }, 'UNLOCKED', 'remote');
    expect(stuck.told).toEqual({ type: 'jammed' });
    expect(stuck.next).toMatchObject({ bolt: 'NOT_FULLY_LOCKED', actuations: 0 });
    expect(freeBolt(stuck.next)).toMatchObject({ bolt: 'LOCKED', isObstructed: false });
    expect(freeBolt({ ...newMechanism, bolt: 'UNLOCKED', isObstructed: true }).bolt).toBe('UNLOCKED');
  });
});

describe('the label of a virtual lock', () => {
  it('says the same in both of its codes', () => {
    const label = makeLabel();
    const { qr, manual } = codesOf(label, { vendorId: 0xfff1, productId: 0x8000 });
    const [byQr, byHand] = [qr, manual].map((code) => {
      const read = parseOnboardingCode(code);
      return read.ok ? read.payloads[0] : undefined;
    });
    expect(byQr).toMatchObject({ passcode: label.passcode, longDiscriminator: label.discriminator });
    expect(byQr?.discovery?.onNetwork).toBe(true);
    expect(byHand).toMatchObject({
      passcode: label.passcode,
      shortDiscriminator: label.discriminator >> 8,
    });
  });

  it('is a picture of one bit a pixel', () => {
    const png = pngOf(
      [
        [true, false],
        [false, true],
      ],
      8,
    );
    expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24]]).toEqual([16, 16, 1]);
    const data = png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8);
    const rows = inflateSync(data);
    // A filter byte, then the dark half and the light one.
    expect([...rows.subarray(0, 3)]).toEqual([0, 0x00, 0xff]);
    expect([...rows.subarray(-3)]).toEqual([0, 0xff, 0x00]);
  });
});
