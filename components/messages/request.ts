import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { languageCookie } from '@/server/domain/language';
import { readZone, zoneCookie } from '../time/viewer-zone';
import { en, enAreas } from './en';
import {
  type Area,
  type Dictionary,
  hourCycleOf,
  type Language,
  languageOf,
  type PartOfDictionary,
  type TextOf,
  textOf,
} from './lookup';
import { nb, nbAreas } from './nb';
import type { Preferences } from './provider';

const dictionaries: Record<Language, Dictionary> = { en, nb };
const byArea: Record<Language, Record<Area, PartOfDictionary>> = { en: enAreas, nb: nbAreas };

export interface RequestMessages extends Preferences {
  dictionary: Dictionary;
  text: TextOf;
}

/** Language and texts of the current request, for server components: what was chosen, else what the browser asks for. */
export const requestMessages = cache(async (): Promise<RequestMessages> => {
  const acceptLanguage = (await headers()).get('accept-language');
  const chosen = (await cookies()).get(languageCookie)?.value;
  const language = chosen === 'en' || chosen === 'nb' ? chosen : languageOf(acceptLanguage);
  const dictionary = dictionaries[language];
  const hourCycle = language === 'nb' ? 24 : hourCycleOf(acceptLanguage);
  return { language, hourCycle, dictionary, text: textOf(dictionary) };
});

/** The viewer's zone, as their last page reported it. */
export const requestZone = async (): Promise<string | undefined> =>
  readZone((await cookies()).get(zoneCookie)?.value);

/** The texts of these areas in one language. */
export const textsOf = (language: Language, areas: readonly Area[]): PartOfDictionary =>
  Object.assign({}, ...areas.map((area) => byArea[language][area]));
