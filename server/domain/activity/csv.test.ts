import { describe, expect, it } from 'vitest';
import { csvRecord } from './csv';

describe('a record of comma-separated values', () => {
  it('quotes commas, quotes and line breaks, and ends with CRLF (RFC 4180)', () => {
    expect(csvRecord(['plain', 'a,b', 'say "hi"', 'two\nlines', ''])).toBe(
      'plain,"a,b","say ""hi""","two\nlines",\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1'])('makes no formula of %j', (value) => {
    const [field = ''] = csvRecord([value]).split('\r\n');
    expect(field.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('defuses a formula that must be quoted as well', () => {
    expect(csvRecord(['=HYPERLINK("http://x","y")'])).toBe('"\'=HYPERLINK(""http://x"",""y"")"\r\n');
  });
});
