import { describe, expect, it } from 'vitest';
import { writeManualCode } from './manual-code';
import { parseOnboardingCode } from './onboarding-code';
import type { OnboardingPayload } from './onboarding-payload';
import { isPasscode } from './passcode';
import { writeQrCode } from './qr-code';

/** Numbers from a seed (mulberry32), so that a failure can be seen again. */
function randomFrom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (below: number) => Math.floor(next() * below);
}
type Random = ReturnType<typeof randomFrom>;

function passcode(random: Random): number {
  const drawn = 1 + random(99_999_998);
  return isPasscode(drawn) ? drawn : passcode(random);
}
const manual = (random: Random): OnboardingPayload => ({
  passcode: passcode(random),
  shortDiscriminator: random(16),
  ...(random(2) === 0 ? {} : { vendorId: 1 + random(0xfff4), productId: random(0x10000) }),
});
function qr(random: Random): OnboardingPayload {
  const longDiscriminator = random(0x1000);
  const discoveryBits = random(256);
  const flag = (bit: number) => (discoveryBits & bit) !== 0;
  return {
    passcode: passcode(random),
    longDiscriminator,
    shortDiscriminator: longDiscriminator >> 8,
    ...(random(3) === 0 ? {} : { vendorId: 1 + random(0xffff) }),
    ...(random(3) === 0 ? {} : { productId: 1 + random(0xffff) }),
    flow: (['standard', 'user-intent', 'custom'] as const)[random(3)] ?? 'standard',
    discovery: { ble: flag(2), onNetwork: flag(4), wifiPaf: flag(8), nfc: flag(16) },
    discoveryBits,
    ...(random(2) === 0 ? {} : { serialNumber: `SN-${'æ'.repeat(random(10))}${random(1e6)}` }),
  };
}
const read = (text: string) => {
  const parsed = parseOnboardingCode(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
  return parsed.payloads;
};
const withoutBytes = ({ extension: _bytes, ...payload }: OnboardingPayload) => payload;
const runs = 300;

describe('matter-codes 6: onboarding codes at random', () => {
  it('payloads survive writing and reading as digits', () => {
    const random = randomFrom(1);
    for (let run = 0; run < runs; run += 1) {
      const payload = manual(random);
      expect(read(writeManualCode(payload))).toEqual([payload]);
    }
  });

  it('payloads survive writing and reading as a QR text, and the text is written again as it was', () => {
    const random = randomFrom(2);
    for (let run = 0; run < runs; run += 1) {
      const [first, ...others] = Array.from({ length: 1 + random(3) }, () => qr(random));
      const text = writeQrCode(first as OnboardingPayload, ...others);
      const payloads = read(text);
      expect(payloads.map(withoutBytes)).toEqual([first, ...others]);
      expect(writeQrCode(payloads[0] as OnboardingPayload, ...payloads.slice(1))).toBe(text);
    }
  });

  it('every change of one digit and every swap of two different neighbours is refused', () => {
    const random = randomFrom(3);
    for (let run = 0; run < 40; run += 1) {
      const code = writeManualCode(manual(random));
      for (let at = 0; at < code.length; at += 1) {
        for (let digit = 0; digit < 10; digit += 1) {
          if (String(digit) === code[at]) continue;
          const changed = code.slice(0, at) + digit + code.slice(at + 1);
          expect(parseOnboardingCode(changed).ok).toBe(false);
        }
        const [here, next] = [code.charAt(at), code.charAt(at + 1)];
        if (next === '' || here === next) continue;
        const swapped = code.slice(0, at) + next + here + code.slice(at + 2);
        expect(parseOnboardingCode(swapped)).toMatchObject({ ok: false, reason: 'check-digit' });
      }
    }
  });

  it('arbitrary text never throws and always gets a reason', () => {
    const random = randomFrom(4);
    const pieces = [
      'MT:',
      '*',
      '-',
      ' ',
      '0',
      '9',
      '34970112332',
      'Y.K90',
      '\ud800',
      '\u0000',
      'é',
      '\u2212',
      'M',
      '.',
      '🔑',
    ];
    for (let run = 0; run < 5_000; run += 1) {
      const text = Array.from({ length: random(30) }, () => pieces[random(pieces.length)]).join('');
      const parsed = parseOnboardingCode(text);
      if (!parsed.ok) expect(parsed.message.length).toBeGreaterThan(10);
    }
  });

  it('takes the same work for each character of ever longer texts', () => {
    for (const one of [' ', '-', '1', 'A', 'MT:', ' x']) {
      const text = one.repeat(1_000_000);
      expect(parseOnboardingCode(text).ok).toBe(false);
      expect(parseOnboardingCode(`MT:${text}`).ok).toBe(false);
    }
  });
});
