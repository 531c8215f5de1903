import { describe, expect, it } from 'vitest';
import { passwordStrength, passwordTrouble } from './password-strength';

describe('what the service would refuse', () => {
  it.each([
    ['', 'missing'],
    ['seven77', 'short'],
    ['x'.repeat(8), 'weak'],
    ['Password123', 'weak'],
    ['Kim@Example.com', 'weak'],
    ['ab1'.repeat(43), 'long'],
    ['correct horse 9', undefined],
    ['ab1'.repeat(42), undefined],
  ])('%j is %s', (password, trouble) => {
    expect(passwordTrouble(password, 'kim@example.com')).toBe(trouble);
  });
});

describe('the strength of a password', () => {
  it('is nothing while the service would refuse it', () => {
    expect(passwordStrength('short')).toBe('none');
    expect(passwordStrength('qwerty123')).toBe('none');
  });

  it('counts runs and repeats for little', () => {
    expect(passwordStrength('abcdefghijkl')).toBe('weak');
    expect(passwordStrength('aaaabbbbcccc')).toBe('weak');
  });

  it('grows with length more than with signs', () => {
    const order = ['none', 'weak', 'fair', 'good', 'strong'];
    const ranks = ['rkvqmtzp', 'rkvqmtzpwd', 'rkvq mtzp wdh', 'rkvq mtzp wdhn sgbt'].map((password) =>
      order.indexOf(passwordStrength(password)),
    );
    expect(ranks).toEqual([...ranks].sort((one, other) => one - other));
    expect(ranks.at(-1)).toBe(4);
    expect(ranks[0]).toBeLessThan(2);
  });
});
