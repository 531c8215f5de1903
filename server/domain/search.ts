/** One part of a search: a word or a phrase that must, or must not, be there. */
export interface SearchTerm {
  text: string;
  isExcluded: boolean;
}

const termsMost = 16;

/**
 * Reads search words (mode-api 10): blanks part them, quotes hold a phrase together, a leading minus excludes. A quote
 * that is never closed reaches to the end.
 */
export function readSearch(text: string): SearchTerm[] {
  const terms: SearchTerm[] = [];
  for (const [, minus = '', phrase, word] of text.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)) {
    const wanted = (phrase ?? word ?? '').trim();
    if (wanted === '' || wanted === '-') continue;
    terms.push({ text: wanted, isExcluded: minus === '-' });
  }
  return terms.slice(0, termsMost);
}

/** Pattern for LIKE that finds the text anywhere, its own wildcards taken literally. */
export const toLikePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
