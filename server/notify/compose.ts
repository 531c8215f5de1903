import type { Language } from '../domain/language';
import { en } from './templates/en';
import { nb } from './templates/nb';
import type { Letter, Templates } from './templates/template';

const languages: Record<Language, Templates> = { en, nb };

/** Texts in the language of the reader; English when none is known. */
export const textsIn = (language: Language | null | undefined): Templates => languages[language ?? 'en'];

/**
 * A name that a person chose, as it may stand in a mail to somebody else: one line, short, and nothing that a mail
 * program makes a link of.
 */
export function quotable(name: string): string {
  const line = name
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/:\/\//g, ' ')
    .replace(/\b(?:www\.|(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?=$|[\s/]))/giu, (host) => host.replaceAll('.', ' '))
    .trim();
  return [...line].slice(0, 60).join('');
}

/** Address of a page with the token of a mail. */
export const tokenLink = (
  origin: string,
  page: 'verify-email' | 'reset-password' | 'accept-invitation',
  token: string,
): string => `${origin}/${page}?token=${token}`;

export type { Letter };
