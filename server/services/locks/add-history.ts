import type { Executor } from '../../db/client';
import { run } from '../../db/prepared';
import type { HistoryChange } from '../../domain/lock/history';
import type { LockRow } from './load-lock';

const insertChanges = `
  insert into lock_history (lock_id, home_id, at, kind, value, is_told, mark)
  select $1::bigint, $2::bigint, $3::text::timestamptz, one.kind, one.value, one."isTold", one.mark
  from jsonb_to_recordset($4::text::jsonb) as one(kind text, value jsonb, "isTold" boolean, mark text)
  on conflict do nothing`;

/** Adds changes to the history of a lock, in the caller's transaction; an operation that stands there already adds nothing. */
export async function addHistory(
  executor: Executor,
  { id, homeId }: Pick<LockRow, 'id' | 'homeId'>,
  changes: readonly HistoryChange[],
  now: Date,
): Promise<void> {
  await run(executor, insertChanges, [id, homeId, now.toISOString(), JSON.stringify(changes)]);
}
