import type { Language } from '../language';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => escapes[letter] ?? '');

const address = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}»”])/;
const look =
  "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;max-width:34rem;margin:0 auto;padding:24px 16px";

/** A line as HTML: addresses of ours become links, and nothing else does. */
const lineHtml = (line: string, origin: string): string =>
  line
    .split(address)
    .map((part) => {
      const isOurs = part === origin || part.startsWith(`${origin}/`);
      return isOurs
        ? `<a href="${escaped(part)}" style="color:inherit;word-break:break-all">${escaped(part)}</a>`
        : escaped(part);
    })
    .join('');

/**
 * The text of a mail as HTML: paragraphs and links, all else as it was typed. `origin` is where links of ours begin,
 * without a slash at the end.
 */
export function mailHtml(
  { subject, body, language }: { subject: string; body: string; language: Language | null },
  origin: string,
): string {
  const paragraphs = body
    .trim()
    .split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map((paragraph) => {
      const lines = paragraph.split(/\r?\n/).map((line) => lineHtml(line, origin));
      return `<p style="margin:0 0 1em;overflow-wrap:anywhere">${lines.join('<br>')}</p>`;
    });
  const lang = language === null ? '' : ` lang="${language}"`;
  return `<!doctype html>
<html${lang}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escaped(subject.replace(/\s+/g, ' '))}</title></head>
<body style="margin:0"><div style="${look}">
${paragraphs.join('\n')}
</div></body></html>
`;
}
