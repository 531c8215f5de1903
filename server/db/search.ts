import { type AnyColumn, and, not, or, type SQL, sql } from 'drizzle-orm';
import { invalidField } from '../domain/errors';
import { readSearch, toLikePattern } from '../domain/search';

/**
 * Condition that the search words hold for these text columns, each word in any of them; undefined when there are
 * none. Raises `invalid` for text that no column can hold.
 */
export function foundIn(columns: readonly AnyColumn[], search: string | undefined): SQL | undefined {
  if (search === undefined) return undefined;
  if (search.includes('\u0000')) throw invalidField('search', 'must not contain NUL');
  const conditions = readSearch(search).map(({ text, isExcluded }) => {
    const pattern = toLikePattern(text);
    const found = or(...columns.map((column) => sql`coalesce(${column}, '') ilike ${pattern}`));
    return isExcluded && found !== undefined ? not(found) : found;
  });
  return and(...conditions);
}
