import { readCookie } from './cookies';

/** Languages that mails and SMS texts are written in. */
export type Language = 'en' | 'nb';

/** Cookie with the language that somebody has chosen on the pages. */
export const languageCookie = 'latchkey-language';

/** The language that a `Cookie` header says was chosen; undefined when none was. */
export function readChosenLanguage(cookies: string | undefined): Language | undefined {
  const chosen = readCookie(cookies, languageCookie);
  return chosen === 'en' || chosen === 'nb' ? chosen : undefined;
}

const ours: Readonly<Record<string, Language>> = { en: 'en', nb: 'nb', no: 'nb', nn: 'nb' };

/** The language of ours that an Accept-Language header likes best; undefined when it asks for none of them. */
export function readLanguage(acceptLanguage: string | undefined): Language | undefined {
  if (acceptLanguage === undefined) return undefined;
  const wanted = acceptLanguage
    .slice(0, 200)
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return {
        language: ours[tag.split('-')[0] ?? ''],
        weight: quality === undefined ? 1 : Number(quality.slice(2)) || 0,
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  return wanted.find(({ language }) => language !== undefined)?.language;
}
