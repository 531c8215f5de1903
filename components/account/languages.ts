import { languageCookie } from '@/server/domain/language';
import type { Language } from '../messages/lookup';

export const languages = ['en', 'nb'] as const satisfies readonly Language[];

/** Each language in its own words. */
export const languageNames: Record<Language, string> = { en: 'English', nb: 'Norsk (bokmål)' };

/** Keeps the language of pages in this browser. */
export function chooseLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is too young for phones still in use
  document.cookie = `${languageCookie}=${language}; path=/; max-age=31536000; samesite=lax`;
}
