import { describe, expect, it } from 'vitest';
import { newTotpSecret, stepOfCode, totpEnrolment } from './totp';

/** RFC 6238, appendix B, SHA-1, the last six of its eight digits. */
const secret = Buffer.from('12345678901234567890');
const vectors: [seconds: number, code: string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

describe('codes of an authenticator', () => {
  it.each(vectors)('at %d seconds the code is %s, and it is known one step around', (seconds, code) => {
    const step = Math.floor(seconds / 30);
    for (const [shift, told] of [
      [-2, undefined],
      [-1, step],
      [0, step],
      [1, step],
      [2, undefined],
    ] as const) {
      expect(stepOfCode(secret, code, new Date((seconds + shift * 30) * 1_000))).toBe(told);
    }
  });

  it('is enrolled by an address and by the same secret to type', () => {
    const made = newTotpSecret();
    expect(made).toHaveLength(20);
    const { uri, secret: typed } = totpEnrolment(made, 'kim@example.com');
    const address = new URL(uri);
    expect(address.protocol).toBe('otpauth:');
    expect(address.searchParams.get('issuer')).toBe('Latchkey');
    expect(address.searchParams.get('secret')).toBe(typed);
    expect(decodeURIComponent(address.pathname)).toContain('kim@example.com');
  });
});
