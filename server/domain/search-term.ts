const accents: readonly [RegExp, string][] = [
  [/æ/g, 'ae'],
  [/ß/g, 'ss'],
  [/[åäáàâã]/g, 'a'],
  [/[øöóòôõ]/g, 'o'],
  [/[éèêë]/g, 'e'],
  [/[íìîï]/g, 'i'],
  [/[úùûü]/g, 'u'],
  [/[ýÿ]/g, 'y'],
  [/ñ/g, 'n'],
  [/ç/g, 'c'],
  [/š/g, 's'],
  [/ž/g, 'z'],
  [/ð/g, 'd'],
];

const phoneShape = /^\+?[\d\s().-]{6,}$/;

/**
 * What was typed as the index has it: small letters without accents, as `search_fold` in the database; the digits of a
 * telephone number without what people write between them.
 */
export function foldSearch(typed: string): string {
  const plain = accents.reduce((text, [from, to]) => text.replace(from, to), typed.trim().toLowerCase());
  return phoneShape.test(plain) && !/^\d{4}-/.test(plain) ? plain.replace(/[\s().-]/g, '') : plain;
}

/** Trigrams need three letters or digits in a row; anything else would have the whole index read. */
export const isSearchable = (term: string): boolean => /[a-z0-9]{3}/.test(term);

/** It may be the number of a person, home, device or lock. */
export const isIdLike = (typed: string): boolean => /^[1-9]\d{0,14}$/.test(typed);

export const isUuid = (typed: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(typed);

/** A whole telephone number, as `foldSearch` leaves it. */
export const isPhone = (term: string): boolean => /^\+\d{7,15}$/.test(term);

/** It is a whole telephone number or has the shape of a mail address: one account of a project has it. */
export const isAddress = (term: string): boolean => isPhone(term) || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(term);

/** An address without its domain, which many share and which would be nearly so for all of them. */
export function withoutDomain(term: string): string {
  const [account = ''] = term.split('@');
  return isSearchable(account) ? account : term;
}

/** Trigrams that a mistake costs: a wrong letter three, two letters in the wrong order four. */
const mistakeTrigrams = 5;
const likenessLeast = 0.42;
const likenessMost = 0.6;

/** Words that people misspell: letters in a row, and not two or three of them. */
const misspelt = /[a-z]{4,}/;
/** Trigrams of a code that is whole or nearly so. */
const codeTrigramsLeast = 11;

/**
 * Whether something may be nearly this term. Codes that begin alike are no more alike than any two of them, so of a part
 * of a code nothing is: only the whole of one can have a single mistake in it.
 */
export const hasLikeness = (term: string): boolean =>
  misspelt.test(term) || trigramsOf(term) >= codeTrigramsLeast;

const trigramsOf = (term: string): number =>
  (term.match(/[a-z0-9]+/g) ?? []).reduce((sum, word) => sum + word.length + 1, 0);

/**
 * Share of a term's trigrams that must stand in one stretch of a text, so that the text is nearly so: as many as one
 * mistake leaves. Of a long term that is more, which spares the index most of its work, and of a code the most.
 */
export function likenessOf(term: string): number {
  if (!misspelt.test(term)) return likenessMost;
  return Math.min(likenessMost, Math.max(likenessLeast, 1 - mistakeTrigrams / Math.max(1, trigramsOf(term))));
}
