import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../contracts/message-faults';
import type { MessageKind } from '../../contracts/message-words';
import { fillText } from './fill-text';
import { mailHtml } from './mail-html';
import { smsLength } from './sms-length';

describe('placeholders', () => {
  it('are filled once: what stands in a value is left as it is', () => {
    const values = { name: '{{link}} $& {{name}}', link: 'https://a.example/x' };
    expect(fillText('{{name}}, {{ link }}', values)).toBe('{{link}} $& {{name}}, https://a.example/x');
    expect(fillText('{{toString}}|{{constructor}}', {})).toBe('|');
  });

  const cases: [MessageKind, string, string, string[]][] = [
    ['resetPassword', 'Hi {{name}}', '{{link}}', []],
    ['resetPassword', 'Hi', 'no link', ['body missing {{link}}']],
    ['resetPassword', 'Hi', '{{ link }} {{code}}', ['body unknown {{code}}']],
    ['resetPassword', '{{link}}', '{{link}}', ['subject secret {{link}}']],
    ['resetPassword', 'Hi', '{{link}} {{name', ['body broken']],
    ['resetPassword', 'Hi', '{{link}} {{na me}}', ['body broken']],
    ['resetPassword', '', '{{link}}', ['subject absent']],
    ['resetPassword', 'a\nBcc: all', '{{link}}', ['subject lines']],
    ['resetPassword', 'x'.repeat(201), '{{link}}', ['subject long 200']],
    ['resetPassword', 'Hi', ' ', ['body absent']],
    ['accountExists', 'Hi', '{{signIn}}', ['body missing {{reset}}']],
    ['smsCode', '', '{{code}}', []],
    ['smsCode', 'Code', '{{code}}', ['subject has-subject']],
    ['smsCode', '', `{{code}}${'x'.repeat(400)}`, ['body long 400']],
    ['jammed', '{{door}}', 'Go and look, {{home}}', []],
    ['jammed', 'By {{who}}', 'x', ['subject unknown {{who}}']],
  ];
  it.each(cases)('of %s: %j and %j', (kind, subject, body, faults) => {
    const told = faultsOf(kind, { subject, body }).map((one) =>
      [one.field, one.fault, one.of ?? ''].join(' ').trim(),
    );
    expect(told).toEqual(faults);
  });
});

describe('a mail as HTML', () => {
  const html = (body: string) => mailHtml({ subject: '<b>', body, language: 'nb' }, 'https://doors.example');
  it('links what is ours alone, and nothing that was typed becomes markup', () => {
    const made = html(
      'Hi <img src=x onerror=alert(1)> "Kim" & Co\nhttps://doors.example/k?a=1&b=2.\n\nhttps://evil.example/ https://doors.example.evil.example/ https://doors.example"onclick=x',
    );
    expect(made).toContain('&lt;img src=x onerror=alert(1)&gt; &quot;Kim&quot; &amp; Co<br>');
    expect(made).toContain('<title>&lt;b&gt;</title>');
    expect(made).toContain('lang="nb"');
    expect([...made.matchAll(/href="([^"]*)"/g)].map(([, link]) => link)).toEqual([
      'https://doors.example/k?a=1&amp;b=2',
      'https://doors.example',
    ]);
    expect(made).not.toMatch(/<img|<script|\son\w+="/i);
  });
  it('has a paragraph for each of the text', () => {
    expect(html('a\n\n\nb\nc\n').match(/<p /g)).toHaveLength(2);
  });
});

it.each([
  ['', 0, 0, false],
  ['a'.repeat(160), 160, 1, false],
  ['a'.repeat(161), 161, 2, false],
  ['a'.repeat(307), 307, 3, false],
  ['æøåÆØÅ', 6, 1, false],
  ['€[]', 6, 1, false],
  ['č'.repeat(70), 70, 1, true],
  ['č'.repeat(71), 71, 2, true],
  ['😀', 2, 1, true],
])('an SMS of %j is %i long and paid for as %i', (text, characters, segments, isUnicode) => {
  expect(smsLength(text)).toEqual({ characters, segments, isUnicode });
});
