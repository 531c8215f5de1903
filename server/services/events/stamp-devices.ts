import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

const everyMs = 1_000;
/** Per database handle: the devices whose last event is not yet written down, and when it was. */
const unwritten = new WeakMap<object, Map<number, Date>>();

async function write({ db, log }: Pick<Deps, 'db' | 'log'>, times: ReadonlyMap<number, Date>): Promise<void> {
  const rows = [...times].map(([id, at]) => ({ id, at: at.toISOString() }));
  try {
    await db.execute(sql`
      with told as (
        select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row(id bigint, at timestamptz)
      ), free as (
        select id from devices where id in (select id from told) for update skip locked
      )
      update devices set last_event_time = greatest(last_event_time, told.at)
      from told, free where devices.id = told.id and free.id = told.id`);
  } catch (error) {
    log.debug({ err: error }, 'last event times not written');
  }
}

/**
 * Remembers when devices last told something (`lastEventTime`). A hint for people and no part of what is acknowledged:
 * written in one statement for all of a moment, and never waiting for a device that somebody else holds.
 */
export function stampDevices(deps: Pick<Deps, 'db' | 'log'>, ids: Iterable<number>, at: Date): void {
  let times = unwritten.get(deps.db);
  if (times === undefined) {
    const gathered = new Map<number, Date>();
    times = gathered;
    unwritten.set(deps.db, gathered);
    setTimeout(() => {
      unwritten.delete(deps.db);
      void write(deps, gathered);
    }, everyMs).unref();
  }
  for (const id of ids) times.set(id, at);
}
