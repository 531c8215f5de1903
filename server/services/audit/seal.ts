import { sql } from 'drizzle-orm';
import type { Transaction } from '../../db/client';
import { batches, genesis, type Seal, sealText } from '../../domain/audit/chain';
import type { Deps } from '../deps';
import { hashOfLine, type LineRow, lineColumns, sha256, toLine } from './hashes';
import { holdAlone, readMarks, sealMarks, setMark } from './marks';

/** Whoever seals holds this advisory lock. */
export const sealLock = 7_274_823_910;
/** Ids that one transaction seals, so that a backlog is sealed in parts. */
const idsAtOnce = 20_000;

interface Sealed {
  lines: number;
  /** True: what is settled is not all sealed yet. */
  hasMore: boolean;
}

async function endOf(tx: Transaction, projectId: number): Promise<{ number: number; hash: string }> {
  const [last] = await tx.execute<{ number: number; hash: string }>(sql`
    select number, encode(hash, 'hex') as hash from audit_seals where project_id = ${projectId}
    order by number desc limit 1`);
  return last ?? { number: 0, hash: genesis };
}

/** Seals all lines with ids above one and up to another, each project in its own chain. */
async function sealRange(tx: Transaction, from: number, upTo: number, at: Date): Promise<number> {
  const rows = await tx.execute<LineRow>(sql`
    select ${lineColumns} from audit_entries where id > ${from} and id <= ${upTo} order by audit_entries.project_id, audit_entries.id`);
  const byProject = new Map<number, LineRow[]>();
  for (const row of rows) {
    const project = Number(row.project_id);
    const lines = byProject.get(project);
    if (lines === undefined) byProject.set(project, [row]);
    else lines.push(row);
  }
  for (const [projectId, lines] of byProject) {
    let end = await endOf(tx, projectId);
    for (const batch of batches(lines)) {
      const seal: Seal = {
        projectId,
        number: end.number + 1,
        entryIds: batch.map(({ id }) => Number(id)),
        entryHashes: batch.map((row) => hashOfLine(toLine(row))),
        previousHash: end.hash,
        sealedAt: at.toISOString(),
      };
      const hash = sha256(sealText(seal));
      await tx.execute(sql`
        insert into audit_seals (project_id, number, entry_ids, entry_hashes, previous_hash, hash, sealed_at)
        values (${projectId}, ${seal.number}, ${JSON.stringify(seal.entryIds)}::text::json,
          ${JSON.stringify(seal.entryHashes)}::text::json, decode(${seal.previousHash}, 'hex'), decode(${hash}, 'hex'),
          ${seal.sealedAt}::timestamptz)`);
      end = { number: seal.number, hash };
    }
  }
  return rows.length;
}

/** Where ids and transactions are now. Ids first: whoever drew one up to there has a transaction below the other. */
async function frontier(tx: Transaction): Promise<{ lastId: number; xmin: number; xmax: number }> {
  const [ids] = await tx.execute<{ last: string }>(
    sql`select (case when is_called then last_value else 0 end)::text as last from audit_entries_id_seq`,
  );
  const [now] = await tx.execute<{ xmin: string; xmax: string }>(sql`
    select pg_snapshot_xmin(s)::text as xmin, pg_snapshot_xmax(s)::text as xmax from pg_current_snapshot() s`);
  return { lastId: Number(ids?.last ?? 0), xmin: Number(now?.xmin ?? 0), xmax: Number(now?.xmax ?? 0) };
}

/**
 * One pass of the sealer: seals what is settled and notes how far ids have come, to be sealed by a later pass when every
 * transaction that may still write below has ended. So a row that commits late is sealed with those around it, ids ascend
 * through the whole chain, and a row below the mark that no seal holds was put in afterwards. Two at once: the second does
 * nothing.
 */
export async function sealAudit({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<Sealed> {
  return db.transaction(async (tx) => {
    if (!(await holdAlone(tx, sealLock))) return { lines: 0, hasMore: false };
    const marks = await readMarks(tx, Object.values(sealMarks));
    const sealed = marks.get(sealMarks.sealed) ?? 0;
    const next = marks.get(sealMarks.next) ?? 0;
    const after = marks.get(sealMarks.after) ?? 0;
    const { lastId, xmin, xmax } = await frontier(tx);
    // Transactions of another life of this database (a restored dump) are counted anew.
    const isForeign = after > xmax;
    const isSettled = next > sealed && !isForeign && after <= xmin;
    const upTo = isSettled ? Math.min(next, sealed + idsAtOnce) : sealed;
    const lines = upTo > sealed ? await sealRange(tx, sealed, upTo, clock.now()) : 0;
    if (upTo > sealed) await setMark(tx, sealMarks.sealed, upTo);
    const hasMore = isSettled && upTo < next;
    if (!hasMore && (isForeign || upTo >= next) && lastId > upTo) {
      await setMark(tx, sealMarks.next, lastId);
      await setMark(tx, sealMarks.after, xmax);
    }
    return { lines, hasMore };
  });
}
