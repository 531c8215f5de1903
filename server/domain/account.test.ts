import { describe, expect, it } from 'vitest';
import { checkPassword, readEmail, readPhoneNumber } from './account';

describe('passwords', () => {
  it.each([
    ['1234567', 'PASSWORD_TOO_SHORT'],
    ['', 'PASSWORD_TOO_SHORT'],
    ['🔑🔑🔑🔑', 'PASSWORD_TOO_SHORT'],
    ['x'.repeat(129), 'INVALID_PARAMETER'],
    ['long enough\u0000', 'INVALID_PARAMETER'],
    ['password123', 'PASSWORD_TOO_WEAK'],
    ['PassWord1', 'PASSWORD_TOO_WEAK'],
    ['Latchkey1', 'PASSWORD_TOO_WEAK'],
    ['aaaaaaaaaaaa', 'PASSWORD_TOO_WEAK'],
    ['abababababab', 'PASSWORD_TOO_WEAK'],
    ['Kim@Example.com', 'PASSWORD_TOO_WEAK'],
  ])('%j is refused as %s', (password, reason) => {
    expect(checkPassword(password, 'kim@example.com')).toMatchObject({
      code: 'invalid',
      reason,
      issues: [{ field: 'password' }],
    });
  });

  it.each(['12345abc', 'x y z 1 2 3', 'blåbærsyltetøy', '🔑🚪🏠🔑🚪🏠🔑🚪', `abc${'x'.repeat(125)}`])(
    '%s is taken',
    (password) => {
      expect(checkPassword(password, 'kim@example.com')).toBeUndefined();
    },
  );

  it('names the field it was given under', () => {
    expect(checkPassword('short', undefined, 'newPassword')?.issues).toMatchObject([
      { field: 'newPassword' },
    ]);
  });
});

describe('e-mail addresses', () => {
  it.each([
    'kim@example.com',
    'a@b',
    "o'neil+home@sub.example.co.uk",
    'kim_1.2-3@xn--bcher-kva.example',
    'KIM@EXAMPLE.COM',
    'bjørn@example.no',
  ])('%s is one', (text) => {
    expect(readEmail(` ${text} `)).toBe(text);
  });

  it.each([
    '',
    'kim',
    '@example.com',
    'kim@',
    'kim@@example.com',
    'a@b@c',
    'kim @example.com',
    'kim@exa mple.com',
    'kim@-example.com',
    'kim@example-.com',
    'kim@example..com',
    'kim@.com',
    'kim\u0000@example.com',
    'kim\u0007@example.com',
    'kim\n@example.com',
    'kim@example.com\nbcc: x@y',
    '<kim@example.com>',
    'a,b@example.com',
    'kim@exam\u212Aple.com',
    `${'x'.repeat(65)}@example.com`,
    `kim@${'x'.repeat(64)}.com`,
    `kim@${'abc.'.repeat(63)}com`,
  ])('%j is none', (text) => {
    expect(readEmail(text)).toBeUndefined();
  });
});

describe('phone numbers', () => {
  it.each([
    ['+4712345678', '+4712345678'],
    ['+47 123 45 678', '+4712345678'],
    ['+1 (555) 010-9999', '+15550109999'],
    ['+49.30.1234567', '+49301234567'],
  ])('%s is read as %s', (text, number) => {
    expect(readPhoneNumber(text)).toBe(number);
  });

  it.each([
    '',
    '12345678',
    '004712345678',
    '+0123456789',
    '+47',
    '+123456',
    `+${'1'.repeat(16)}`,
    '+47abc45678',
    '++4712345678',
    '+47１２３４５６７８',
    '+47\u00001234567',
  ])('%j is none', (text) => {
    expect(readPhoneNumber(text)).toBeUndefined();
  });
});
