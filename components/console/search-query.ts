import type { SearchHit, SearchKind } from '@/server/contracts/console';
import { searchKinds, searchStates } from '@/server/contracts/console-words';

/** What the address of the search page asks for. */
export interface SearchQuery {
  q?: string;
  kind?: SearchKind;
  project?: string;
  state?: SearchHit['state'];
}
type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads a search from an address; what makes no sense there asks for nothing. */
export function readSearch(given: Given): SearchQuery {
  const text = (name: string) => {
    const value = given[name];
    return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
  };
  const project = text('project');
  const parts = {
    q: text('q'),
    kind: searchKinds.find((kind) => kind === text('kind')),
    project: project !== undefined && /^[1-9]\d{0,14}$/.test(project) ? project : undefined,
    state: searchStates.find((state) => state === text('state')),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

/** The search as it stands in an address; empty when it asks for nothing. */
export const searchText = (query: SearchQuery): string =>
  new URLSearchParams(
    Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1])),
  ).toString();

/** Where a hit leads; undefined: it has no page. */
export function pathOf({ kind, id, homeId }: SearchHit): string | undefined {
  if (kind === 'user') return `/support/users/${id}`;
  if (kind === 'home') return `/support/homes/${id}`;
  return homeId === undefined ? undefined : `/support/homes/${homeId}#${kind}-${id}`;
}
