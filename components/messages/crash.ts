import type { Dictionary, Language } from './lookup';

type CrashKey = Extract<keyof Dictionary, `failure.page.${string}` | 'failure.retry' | 'failure.reference'>;

/** The language of a browser, told in as few words as the page of last resort may need. */
export const crashLanguageOf = (tag: string): Language => (/^(nb|nn|no)\b/i.test(tag) ? 'nb' : 'en');

/**
 * Texts for the page of last resort, which stands where nothing else of the site works, its languages included.
 * A test holds them to the dictionaries.
 */
export const crashTexts: Record<Language, Record<CrashKey, string>> = {
  en: {
    'failure.page.title': 'This page did not load',
    'failure.page.text':
      'Something failed on our side. Your doors are not affected; trying again usually helps.',
    'failure.retry': 'Try again',
    'failure.reference': 'Quote this when you ask for help: {id}',
  },
  nb: {
    'failure.page.title': 'Siden lot seg ikke laste',
    'failure.page.text':
      'Noe sviktet hos oss. Dørene dine er ikke berørt; det hjelper som regel å prøve igjen.',
    'failure.retry': 'Prøv igjen',
    'failure.reference': 'Oppgi dette når du ber om hjelp: {id}',
  },
};
