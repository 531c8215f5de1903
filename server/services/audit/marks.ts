import { sql } from 'drizzle-orm';
import type { Executor } from '../../db/client';

/** Marks of the audit by name; absent ones are undefined. */
export async function readMarks(
  db: Pick<Executor, 'execute'>,
  names: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db.execute<{ name: string; position: string }>(sql`
    select name, position::text from audit_marks
    where name in (select json_array_elements_text(${JSON.stringify(names)}::text::json))`);
  return new Map(rows.map(({ name, position }) => [name, Number(position)]));
}

export async function setMark(db: Pick<Executor, 'execute'>, name: string, position: number): Promise<void> {
  await db.execute(sql`
    insert into audit_marks (name, position) values (${name}, ${position})
    on conflict (name) do update set position = excluded.position`);
}

/** Serialises those who take in and those who seal, across processes: false, another one is at it. */
export async function holdAlone(tx: Pick<Executor, 'execute'>, lock: number): Promise<boolean> {
  const [row] = await tx.execute<{ held: boolean }>(
    sql`select pg_try_advisory_xact_lock(${lock}::bigint) as held`,
  );
  return row?.held === true;
}

/** Every line up to the first is sealed; those up to the second are settled once every transaction below the third has ended. */
export const sealMarks = { sealed: 'seal', next: 'seal.next', after: 'seal.after' } as const;
