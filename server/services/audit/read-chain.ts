import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';
import type { Seal, SealedLine } from '../../domain/audit/chain';
import { isoText, type LineRow, lineColumns, toLine } from './hashes';

type Reading = Pick<Executor, 'execute'>;
export type StoredSeal = Seal & { hash: string };

/** Seals and lines that are held in memory at a time. */
const sealsAtOnce = 10;
export const linesAtOnce = 5_000;

const distinctProjects = (table: 'audit_entries' | 'audit_seals') => sql`
  with recursive found(id) as (
    select min(project_id) from ${sql.identifier(table)}
    union all
    select (select min(project_id) from ${sql.identifier(table)} where project_id > found.id)
    from found where found.id is not null)
  select id::text from found where id is not null`;

/** Projects that have lines or seals, ascending; those that were deleted too. */
export async function projectsOfAudit(db: Reading): Promise<number[]> {
  const ids = new Set<number>();
  for (const table of ['audit_entries', 'audit_seals'] as const)
    for (const { id } of await db.execute<{ id: string }>(distinctProjects(table))) ids.add(Number(id));
  return [...ids].sort((one, other) => one - other);
}

interface SealRow extends Record<string, unknown> {
  number: number;
  entry_ids: string;
  entry_hashes: string;
  previous_hash: string;
  hash: string;
  sealed_at: string;
}

/** What somebody has written over what was a list may be anything. */
function listIn<Item>(text: string): Item[] {
  const value: unknown = JSON.parse(text);
  return Array.isArray(value) ? value : [];
}

/** The seals of a project in order, a few at a time. */
export async function* sealsOf(db: Reading, projectId: number): AsyncGenerator<StoredSeal> {
  let after = -2_147_483_648;
  for (;;) {
    const rows = await db.execute<SealRow>(sql`
      select number, entry_ids::text, entry_hashes::text, encode(previous_hash, 'hex') as previous_hash,
        encode(hash, 'hex') as hash, ${isoText(sql`sealed_at`)} as sealed_at
      from audit_seals where project_id = ${projectId} and number > ${after}
      order by number limit ${sealsAtOnce}`);
    for (const row of rows) {
      after = row.number;
      yield {
        projectId,
        number: row.number,
        entryIds: listIn<number>(row.entry_ids).map(Number),
        entryHashes: listIn<string>(row.entry_hashes).map(String),
        previousHash: row.previous_hash,
        hash: row.hash,
        sealedAt: row.sealed_at,
      };
    }
    if (rows.length < sealsAtOnce) return;
  }
}

/** Lines of a project with ids above one and up to another, ascending, in pages. */
export async function* linesOf(
  db: Reading,
  projectId: number,
  { above, upTo }: { above: number; upTo?: number },
): AsyncGenerator<SealedLine[]> {
  let after = above;
  for (;;) {
    const rows = await db.execute<LineRow>(sql`
      select ${lineColumns} from audit_entries
      where project_id = ${projectId} and id > ${after} ${upTo === undefined ? sql`` : sql`and id <= ${upTo}`}
      order by audit_entries.id limit ${linesAtOnce}`);
    const lines = rows.map(toLine);
    if (lines.length > 0) yield lines;
    after = lines.at(-1)?.id ?? after;
    if (rows.length < linesAtOnce) return;
  }
}
