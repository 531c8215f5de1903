import { type SQL, sql } from 'drizzle-orm';
import { searchTexts } from '@/drizzle/schema/search-texts';
import type { SearchHit, SearchKind } from '../../contracts/console';
import { isAddress, isIdLike, isUuid } from '../../domain/search-term';

/** What is searched: a table with its indexed text and how a row of it is shown. All expressions name columns of the table. */
export interface Source {
  kind: SearchKind;
  table: string;
  /** As the trigram index has it. */
  text: string;
  home: string;
  title: string;
  detail: string;
  state: string;
  /** Texts that name a row by themselves, in small letters. */
  names: string;
  /** Rows that are there. */
  only?: string;
  /** Columns that hold a number, and a uuid, which names a row. */
  ids: { number?: 'id'; uuid?: 'id' | 'uuid' };
  /** Addresses that name a row of a project, as their unique indexes have them. */
  addresses?: { phone: string; mail: string };
}

export const sources: readonly Source[] = [
  {
    kind: 'user',
    table: 'users',
    ids: { number: 'id', uuid: 'uuid' },
    addresses: { phone: 'phone_number', mail: 'lower(email)' },
    text: searchTexts.users,
    home: 'null::bigint',
    title: "coalesce(nullif(name, ''), email, phone_number, '')",
    detail: "concat_ws(', ', email, phone_number)",
    state: "case when verified then 'verified' else 'unverified' end",
    names: 'lower(email), phone_number, lower(name)',
  },
  {
    kind: 'home',
    table: 'homes',
    ids: { number: 'id' },
    text: searchTexts.homes,
    home: 'id',
    title: 'name',
    detail: "''",
    state: "case when deactivated then 'deactivated' else 'active' end",
    names: 'lower(name)',
  },
  {
    kind: 'device',
    table: 'devices',
    ids: { number: 'id' },
    text: searchTexts.devices,
    home: 'home_id',
    title: "coalesce(nullif(name, ''), tag, device_class)",
    detail: "concat_ws(', ', device_class, tag)",
    state: "case when is_connected then 'connected' else 'away' end",
    names: 'lower(name), lower(tag)',
  },
  {
    kind: 'lock',
    table: 'locks',
    ids: { number: 'id', uuid: 'uuid' },
    text: searchTexts.locks,
    home: 'home_id',
    title: 'name',
    detail: "concat_ws(', ', serial_number, uuid::text)",
    state: "case when reachable then 'connected' when not reachable then 'away' else 'unknown' end",
    names: 'lower(name), lower(serial_number), uuid::text',
    only: 'removed_at is null',
  },
  {
    kind: 'hub',
    table: 'hubs',
    ids: { uuid: 'id' },
    text: searchTexts.hubs,
    home: 'home_id',
    title: 'serial',
    detail: "concat_ws(', ', model, id::text)",
    state:
      "case when status in ('suspended', 'decommissioned') then status when reachable then 'connected' when not reachable then 'away' else 'unknown' end",
    names: 'lower(serial), id::text, thing_name',
  },
  {
    kind: 'key',
    table: 'project_keys',
    ids: {},
    text: searchTexts.projectKeys,
    home: 'null::bigint',
    title: 'name',
    detail: "'project'",
    state: "case when revoked_at is null then 'active' else 'revoked' end",
    names: 'lower(name)',
  },
  {
    kind: 'key',
    table: 'org_keys',
    ids: { uuid: 'id' },
    text: searchTexts.orgKeys,
    home: 'null::bigint',
    title: 'id::text',
    detail: "'organisation'",
    state:
      "case when revoked_at is not null then 'revoked' when expires_at < now() then 'expired' else 'active' end",
    names: 'id::text',
  },
];

export interface FoundRow extends Record<string, unknown> {
  kind: SearchKind;
  id: string;
  project_id: string;
  home_id: string | null;
  title: string;
  detail: string;
  state: SearchHit['state'];
  /** 1: named by itself. */
  named: number;
  alike: number;
}

/** Matches of one table that are looked at before the best of them are chosen, with a state to choose by and without. */
const matchesMost = 100;
const matchesOfStateMost = 2_000;

export interface Question {
  /** As people typed it, in small letters without accents. */
  term: string;
  /** Absent: every project. */
  projectIds: readonly number[] | undefined;
  state: string | undefined;
  /** Hits of one table. */
  most: number;
}

/** The columns that a hit is made of, and the condition for rows that the account may see. */
function rowsOf(source: Source, projectIds: readonly number[] | undefined) {
  const { kind, home, title, detail, state, names, text, only } = source;
  return {
    columns: sql`${kind}::text as kind, id::text as id, project_id::text, (${sql.raw(home)})::text as home_id,
      ${sql.raw(title)} as title, ${sql.raw(detail)} as detail, ${sql.raw(state)} as state,
      array[${sql.raw(names)}] as names, ${sql.raw(text)} as text`,
    seen: sql.join(
      [
        sql`project_id is not null`,
        ...(projectIds === undefined
          ? []
          : [sql`project_id = any(${`{${projectIds.join(',')}}`}::bigint[])`]),
        ...(only === undefined ? [] : [sql.raw(only)]),
      ],
      sql` and `,
    ),
  };
}

/** What a number, a uuid or an address is compared with; undefined: it names no row of this table. */
function naming(source: Source, typed: string, { term, projectIds }: Question): SQL | undefined {
  const { ids, addresses } = source;
  if (isIdLike(typed)) return ids.number && sql`${sql.raw(ids.number)} = ${typed}::bigint`;
  if (isUuid(typed)) return ids.uuid && sql`${sql.raw(ids.uuid)} = ${typed}::uuid`;
  if (addresses === undefined || !isAddress(term)) return undefined;
  // The indexes begin with the project, so all of them are named.
  const everywhere =
    projectIds === undefined ? sql` and project_id = any(array(select id from projects))` : sql``;
  return term.startsWith('+')
    ? sql`${sql.raw(addresses.phone)} = ${term}${everywhere}`
    : sql`${sql.raw(addresses.mail)} = ${typed}${everywhere}`;
}

/**
 * The rows that something names by itself, a number, a uuid or an address in small letters, found without a search;
 * undefined: no row of this table can be named so.
 */
export function byName(source: Source, typed: string, question: Question): SQL | undefined {
  const condition = naming(source, typed, question);
  if (condition === undefined) return undefined;
  const { projectIds, state, most } = question;
  const { columns, seen } = rowsOf(source, projectIds);
  const ofState = state === undefined ? sql`` : sql` where state = ${state}`;
  return sql`
    (select kind, id, project_id, home_id, title, detail, state, 1 as named, 1::real as alike from (
      select ${columns} from ${sql.raw(source.table)} where ${condition} and ${seen}) one${ofState}
    order by id limit ${most})`;
}

/**
 * The best rows of one table whose text fits a condition. The condition and the projects are one look into the index;
 * what it finds is read no further than the limits, whatever the number of matches.
 */
export function bestOf(source: Source, matches: SQL, { term, projectIds, state, most }: Question): SQL {
  const { columns, seen } = rowsOf(source, projectIds);
  const ofState = state === undefined ? sql`` : sql` where state = ${state}`;
  return sql`
    (select kind, id, project_id, home_id, title, detail, state, named, alike from (
      select * from (
        select ${columns} from ${sql.raw(source.table)} where ${matches} and ${seen}
        limit ${state === undefined ? matchesMost : matchesOfStateMost}
      ) matched${ofState} limit ${matchesMost}
    ) candidates
    cross join lateral (
      select (${term} = any(select search_fold(name) from unnest(names) name))::int as named,
        word_similarity(${term}, text) as alike
    ) rank
    order by named desc, alike desc, length(text), id limit ${most})`;
}

/** A text as a pattern finds it anywhere. */
export const anywhere = (term: string): string => `%${term.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
