import { type SQL, sql } from 'drizzle-orm';
import type { searchEverything as operation, SearchHit, SearchKind } from '../../contracts/console';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { Executor } from '../../db/client';
import { databaseCode } from '../../db/errors';
import { authorise } from '../../domain/permissions';
import { type StaffPrincipal, worksFor } from '../../domain/principal';
import {
  foldSearch,
  hasLikeness,
  isAddress,
  isPhone,
  isSearchable,
  isUuid,
  likenessOf,
  withoutDomain,
} from '../../domain/search-term';
import type { Caller, Deps } from '../deps';
import { requireStaffPrincipal } from './load-supported';
import { anywhere, bestOf, byName, type FoundRow, type Question, type Source, sources } from './search-sql';

/** Hits of a kind, beside other kinds and alone. */
const hitsOfEach = 8;
const hitsOfOne = 50;
/** With fewer hits than this the search looks for what is nearly so as well. */
const enough = 5;

type Query = InputOf<typeof operation>['query'];

/** Undefined: every project. None: nothing is to be found. */
function projectsOf(staff: StaffPrincipal, project: number | undefined): readonly number[] | undefined {
  if (project !== undefined) return worksFor(staff, project) ? [project] : [];
  return staff.projects === 'all' ? undefined : staff.projects;
}

const patienceMs = 5_000;
/** How long the search for what is nearly so may take; after it the answer is without, and says so. */
const similarMostMs = 400;
const isCancelled = (error: unknown): boolean => databaseCode(error) === '57014';

/**
 * Only the trigram indexes bound the work of a search: a plan that walks a table, or another index, until enough rows
 * fit would be quick for terms that are everywhere and slow for all others. With those switched off one plan serves every
 * term, and to plan for each of them would take longer than many a search.
 */
const steer = (tx: Executor, mostMs: number, term: string) =>
  tx.execute(sql`
    select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true),
      set_config('enable_indexonlyscan', 'off', true), set_config('jit', 'off', true),
      set_config('max_parallel_workers_per_gather', '0', true),
      set_config('plan_cache_mode', 'force_generic_plan', true),
      set_config('pg_trgm.word_similarity_threshold', ${String(likenessOf(term))}, true),
      set_config('statement_timeout', ${String(mostMs)}, true)`);

const toHit = (row: FoundRow, match: SearchHit['match']): SearchHit => ({
  kind: row.kind,
  id: row.id,
  projectId: Number(row.project_id),
  ...(row.home_id === null ? {} : { homeId: Number(row.home_id) }),
  title: row.title,
  detail: row.detail,
  state: row.state,
  match: row.named === 1 ? 'exact' : match,
});

/**
 * GET /staff/search: what is named by itself first, and of a uuid or a whole address nothing else; then what contains the
 * term, and where that is little what nearly does. Projects that the account does not work for are left out by the statements themselves.
 */
export async function searchEverything(
  { db }: Pick<Deps, 'db'>,
  { principal }: Pick<Caller, 'principal'>,
  { query }: { query: Query },
): Promise<OutputOf<typeof operation>> {
  authorise('staff.search', principal);
  const projectIds = projectsOf(requireStaffPrincipal(principal), query.project);
  const typed = query.q.trim().replaceAll('\u0000', '');
  if (typed === '' || projectIds?.length === 0) return { items: [], more: [] };
  const most = query.kind === undefined ? hitsOfEach : hitsOfOne;
  const asked = sources.filter(({ kind }) => query.kind === undefined || kind === query.kind);
  const term = foldSearch(typed);
  // One more than is shown tells that there are more.
  const question = { term, projectIds, state: query.state, most: most + 1 };
  const ask = (statement: SQL, mostMs: number, sought = term) =>
    db.transaction(
      async (tx) => {
        await steer(tx, mostMs, sought);
        return tx.execute<FoundRow>(statement);
      },
      { accessMode: 'read only' },
    );
  const all = (asking: Question, matches: (source: Source) => SQL) =>
    sql.join(
      asked.map((source) => bestOf(source, matches(source), asking)),
      sql` union all `,
    );
  const found: SearchHit[] = [];
  let isWithoutSimilar = false;
  const add = (rows: readonly FoundRow[], match: SearchHit['match']) => {
    const known = new Set(found.map(({ kind, id }) => `${kind} ${id}`));
    found.push(...rows.filter(({ kind, id }) => !known.has(`${kind} ${id}`)).map((row) => toHit(row, match)));
  };
  const byItself = asked.flatMap((source) => byName(source, typed.toLowerCase(), question) ?? []);
  if (byItself.length > 0) add(await db.execute<FoundRow>(sql.join(byItself, sql` union all `)), 'exact');
  const isWhole = found.length > 0 && (isUuid(typed) || isAddress(term));
  if (isSearchable(term) && !isWhole) {
    // A whole number stands in no longer text: what is left to look for is one that is nearly the same.
    if (!isPhone(term))
      add(
        await ask(
          all(question, ({ text }) => sql`${sql.raw(text)} like ${anywhere(term)}`),
          patienceMs,
        ),
        'contains',
      );
    const near = { ...question, term: withoutDomain(term) };
    const isKnown = found.length >= enough || found.some(({ match }) => match === 'exact');
    if (!isKnown && hasLikeness(near.term)) {
      try {
        const rows = await ask(
          all(near, ({ text }) => sql`${near.term} <% ${sql.raw(text)}`),
          similarMostMs,
          near.term,
        );
        add(rows, 'similar');
      } catch (error) {
        if (!isCancelled(error)) throw error;
        isWithoutSimilar = true;
      }
    }
  }
  return { ...cut(found, most), ...(isWithoutSimilar ? { withoutSimilar: true } : {}) };
}

const order = ['exact', 'contains', 'similar'] as const;

/** So many of each kind, the best first, and the kinds that hold more. */
function cut(found: readonly SearchHit[], most: number): OutputOf<typeof operation> {
  const counts = new Map<SearchKind, number>();
  const items = order
    .flatMap((match) => found.filter((hit) => hit.match === match))
    .filter(({ kind }) => {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return count <= most;
    });
  return { items, more: [...counts].filter(([, count]) => count > most).map(([kind]) => kind) };
}
