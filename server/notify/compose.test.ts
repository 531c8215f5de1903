import { describe, expect, it } from 'vitest';
import { faultsOf } from '../contracts/message-faults';
import { messageKinds, messageWords } from '../contracts/message-words';
import { quotable, textsIn, tokenLink } from './compose';
import { standardTemplate } from './letter';

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

  it.each(messageKinds)('of the kind %s have a standard text that uses what it is given', (kind) => {
    const standard = standardTemplate(kind, language);
    expect(faultsOf(kind, standard)).toEqual([]);
    const used = messageWords[kind].values.filter((name) =>
      `${standard.subject} ${standard.body}`.includes(`{{${name}}}`),
    );
    expect(used.length).toBeGreaterThan(0);
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
