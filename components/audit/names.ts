import type { QueryClient } from '@tanstack/react-query';
import type { SearchHit, SearchKind } from '@/server/contracts/console';
import { foldSearch } from '@/server/domain/search-term';
import { api } from '../hooks/api';

/** Something that a name may mean. */
export interface Choice {
  /** As the address has it. */
  value: string;
  name: string;
  detail: string;
}

/** What a field of the filter takes. */
export interface Named {
  /** What is looked for by its name. */
  kinds: readonly SearchKind[];
  /** Kinds that stand for themselves and are no names. */
  words: readonly string[];
  /** What is known without a search. */
  known?: readonly Choice[];
  /** What stands in the address for something that was found. */
  valueOf: (hit: SearchHit) => string;
}

/** Names shorter than this find too much. */
const shortest = 3;
const choicesMost = 12;

/** What stands for itself: a kind, a kind with an id, or a number. */
export const isWritten = (typed: string, { words }: Pick<Named, 'words'>): boolean =>
  words.includes(typed) || /^[a-zA-Z-]+:|^\d+$/.test(typed);

export const isName = (typed: string, named: Named): boolean => typed !== '' && !isWritten(typed, named);

const nameQuery = (typed: string) => ({
  queryKey: ['audit-names', typed],
  queryFn: ({ signal }: { signal: AbortSignal }) => api('staff.search', { query: { q: typed } }, { signal }),
  staleTime: 10_000,
});

/** The search behind a name that is typed; it waits until there is enough of it. */
export const searchOf = (typed: string, named: Named) => ({
  ...nameQuery(typed),
  enabled: isName(typed, named) && typed.length >= shortest,
});

/** What a name may mean: what is known, then what was found. */
export function choicesOf(typed: string, named: Named, hits: readonly SearchHit[]): Choice[] {
  if (!isName(typed, named)) return [];
  const term = foldSearch(typed);
  const known = (named.known ?? []).filter(({ name, detail }) =>
    foldSearch(`${name} ${detail}`).includes(term),
  );
  const found = hits
    .filter(({ kind }) => named.kinds.includes(kind))
    .map((hit) => ({ value: named.valueOf(hit), name: hit.title, detail: hit.detail }));
  return [...known, ...found].slice(0, choicesMost);
}

/** What somebody means who sends a name as it was typed: the one that is called so, or the only one there is. */
export function meantBy(typed: string, choices: readonly Choice[]): Choice | undefined {
  const called = choices.filter(({ name }) => foldSearch(name) === foldSearch(typed));
  const [only, ...others] = called.length > 0 ? called : choices;
  return others.length === 0 ? only : undefined;
}

/** Looks a name up, for a form that is sent before its suggestions have come. */
export async function lookUp(client: QueryClient, typed: string, named: Named): Promise<Choice[]> {
  const { enabled, ...query } = searchOf(typed, named);
  const hits = enabled ? (await client.fetchQuery(query)).items : [];
  return choicesOf(typed, named, hits);
}
