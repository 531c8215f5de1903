import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';
import { appendHead, keptHeads } from './head-files';
import { type SignedHead, signHead } from './head-keys';

/**
 * Signs the end of every chain that has grown since it was last written out, appends it to the file of its project and
 * logs it: whoever keeps either elsewhere can prove later that nothing before it was taken away. Where the folder cannot
 * be written the log alone has it, and a warning says so.
 */
export async function writeHeads(
  { db, clock, secrets, log }: Pick<Deps, 'db' | 'clock' | 'secrets' | 'log'>,
  dataDir: string,
): Promise<SignedHead[]> {
  const ends = await db.execute<{ project_id: string; number: number; hash: string }>(sql`
    with recursive ends as (
      (select project_id, number, hash from audit_seals order by project_id, number desc limit 1)
      union all
      select next.* from ends cross join lateral (
        select project_id, number, hash from audit_seals where project_id > ends.project_id
        order by project_id, number desc limit 1) next)
    select project_id::text, number, encode(hash, 'hex') as hash from ends`);
  const written: SignedHead[] = [];
  let fault: unknown;
  for (const row of ends) {
    const project = Number(row.project_id);
    const kept = await keptHeads(dataDir, project).catch(() => []);
    const last = kept.at(-1)?.head;
    if (last?.number === row.number && last.hash === row.hash) continue;
    const head = signHead(secrets, {
      project,
      number: row.number,
      hash: row.hash,
      at: clock.now().toISOString(),
    });
    await appendHead(dataDir, head).catch((error: unknown) => {
      fault = error;
    });
    log.info(head, 'audit head');
    written.push(head);
  }
  if (fault !== undefined)
    log.warn({ err: fault }, 'audit heads stand in this log alone: DATA_DIR cannot be written');
  return written;
}
