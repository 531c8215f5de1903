import { describe, expect, it } from 'vitest';
import { quotable, textsIn, tokenLink } from './compose';

const token = 'a'.repeat(40);

describe.each(['en', 'nb'] as const)('messages in %s', (language) => {
  const texts = textsIn(language);

  it('carry their link once, on a line of its own', () => {
    const names = { inviter: 'Kim', home: 'Harbour Street' };
    const letters = [
      texts.verifyEmail({ link: tokenLink('https://a.example', 'verify-email', token) }),
      texts.resetPassword({ link: tokenLink('https://a.example', 'reset-password', token) }),
      texts.invitation({ ...names, link: tokenLink('https://a.example', 'accept-invitation', token) }),
    ];
    for (const { subject, body } of letters) {
      expect(subject).not.toBe('');
      expect(body.match(new RegExp(`^https://a\\.example/[a-z-]+\\?token=${token}$`, 'gm'))).toHaveLength(1);
      expect(body.match(/token=/g)).toHaveLength(1);
    }
    expect(letters[2]?.subject).toContain('Kim');
    expect(letters[2]?.body).toContain('Harbour Street');
  });

  it('carry their code once, and nothing else that looks like one', () => {
    const { body } = texts.smsCode({ code: '012345' });
    expect(body.match(/\d{6}/g)).toEqual(['012345']);
    expect(body.length).toBeLessThanOrEqual(160);
  });
});

describe('a name in a mail to somebody else', () => {
  it.each([
    ['Kim Lie', 'Kim Lie'],
    ['  Kim\r\nBcc: all@example.com ', 'Kim Bcc: all@example com'],
    ['Win at https://evil.example/now', 'Win at https evil example/now'],
    ['www.evil.example', 'www evil example'],
    ['St. Olavs gate 4.2', 'St. Olavs gate 4.2'],
    ['x'.repeat(100), 'x'.repeat(60)],
    ['a\u202Eb', 'a b'],
  ])('%j', (name, written) => {
    expect(quotable(name)).toBe(written);
  });
});
