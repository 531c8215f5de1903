import { type AnyColumn, and, not, or, type SQL, sql } from 'drizzle-orm';
import { readSearch, toLikePattern } from '../domain/search';

/** Condition that the search words hold for these text columns, each word in any of them; undefined when there are none. */
export function foundIn(columns: readonly AnyColumn[], search: string | undefined): SQL | undefined {
  if (search === undefined) return undefined;
  const conditions = readSearch(search).map(({ text, isExcluded }) => {
    const pattern = toLikePattern(text);
    const found = or(...columns.map((column) => sql`coalesce(${column}, '') ilike ${pattern}`));
    return isExcluded && found !== undefined ? not(found) : found;
  });
  return and(...conditions);
}
