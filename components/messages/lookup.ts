import type { en, enAreas } from './en';

export type MessageKey = keyof typeof en;
/** A language: the same keys as English, each a template with `{names}`. */
export type Dictionary = Readonly<Record<MessageKey, string>>;
/** What a page was sent of a language. */
export type PartOfDictionary = Readonly<Partial<Record<MessageKey, string>>>;
/** A group of texts, which pages name to be sent it. */
export type Area = keyof typeof enAreas;
export type Language = 'en' | 'nb';

type NamesIn<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;
/** What a message needs filled in. */
export type Values<Key extends MessageKey> = Record<NamesIn<(typeof en)[Key]>, string | number>;
type Arguments<Key extends MessageKey> = [NamesIn<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Values<Key>];

/** Looks a text up and fills it in: `text('open.label', { door })`. */
export type TextOf = <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string;

/** The lookup of one language. Pure, so that server and browser write the same text. */
export function textOf(dictionary: PartOfDictionary): TextOf {
  return (key, ...[values]) => {
    const template = dictionary[key];
    if (template === undefined)
      throw new Error(`The page was not sent the text ${key}: name its area in AreaTexts`);
    if (values === undefined) return template;
    const given: Readonly<Record<string, string | number>> = values;
    return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(given[name] ?? whole));
  };
}

/** Picks the language from an Accept-Language header; English when none of ours is asked for. */
export function languageOf(acceptLanguage: string | null | undefined): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part, order) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        primary: tag.split('-')[0] ?? '',
        weight: quality === undefined ? 1 : Number(quality.trim().slice(2)),
        order,
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight || one.order - other.order);
  for (const { primary } of wanted) {
    if (primary === 'nb' || primary === 'no' || primary === 'nn') return 'nb';
    if (primary === 'en') return 'en';
  }
  return 'en';
}

/** Whether people of this Accept-Language read 2 pm or 14:00. */
export function hourCycleOf(acceptLanguage: string | null | undefined): 12 | 24 {
  const first = (acceptLanguage ?? '').split(',')[0]?.split(';')[0]?.trim() ?? '';
  // A bare "en" says nothing of a country, and 14:00 is read everywhere.
  if (!/^en-[a-z]{2}$/i.test(first)) return 24;
  const cycle = new Intl.DateTimeFormat(first, { hour: 'numeric' }).resolvedOptions().hourCycle;
  return cycle === 'h12' || cycle === 'h11' ? 12 : 24;
}
