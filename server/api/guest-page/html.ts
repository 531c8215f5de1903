/** Markup that is safe to send: everything put into it was escaped. */
export class Html {
  constructor(readonly text: string) {}
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => entities[mark] ?? mark);

type Part = Html | readonly Html[] | string | number | undefined | false;

function toText(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escaped(String(part));
}

/** Template tag: what is put in is escaped unless it is markup itself. */
export const html = (parts: TemplateStringsArray, ...values: Part[]): Html =>
  new Html(parts.reduce((text, part, place) => text + toText(values[place - 1]) + part));

/** Markup of ours that is written out in a file. */
export const trusted = (text: string): Html => new Html(text);
