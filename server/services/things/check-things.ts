import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';
import { isBarred } from './barred';

export interface CheckedThings {
  /** Names that may be here no longer. */
  gone: Set<string>;
  /** What each hub among them speaks for; a hub of nothing is not in it. */
  gatewayFor: Map<string, string[]>;
}

/** Looks again at things that are connected: who was revoked or suspended, and what stands behind a hub now. */
export async function checkThings(
  { db }: Pick<Deps, 'db'>,
  names: readonly string[],
): Promise<CheckedThings> {
  // One parameter whatever their number: a list of placeholders would be another statement for each length.
  const asked = sql`select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb) as name`;
  const known = await db.execute<{ name: string }>(
    sql`select name from things join (${asked}) as asked using (name)
        where revoked_at is null and not ${isBarred(sql`things.name`)}`,
  );
  const behind = await db.execute<{ hub: string; uuid: string | null; thing: string | null }>(
    sql`select asked.name as hub, locks.uuid::text as uuid, null as thing from (${asked}) as asked
        join hubs on hubs.thing_name = asked.name join locks on locks.hub_id = hubs.id
        where hubs.status in ('provisioned', 'claimed')
        union all
        select asked.name, null, m.thing_name from (${asked}) as asked
        join hubs on hubs.thing_name = asked.name join matter_devices m on m.hub_id = hubs.id
        where hubs.status in ('provisioned', 'claimed') and m.lock_id is null`,
  );
  const gone = new Set(names);
  for (const { name } of known) gone.delete(name);
  const gatewayFor = new Map<string, string[]>();
  for (const { hub, uuid, thing } of behind) {
    const name = uuid === null ? thing : lockThing(uuid);
    if (name !== null && !name.startsWith('hub-'))
      gatewayFor.set(hub, [...(gatewayFor.get(hub) ?? []), name]);
  }
  return { gone, gatewayFor };
}
