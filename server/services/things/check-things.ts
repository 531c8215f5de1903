import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';
import { lockThing } from '../locks/load-lock';

export interface CheckedThings {
  /** Names that may be here no longer. */
  gone: Set<string>;
  /** What each hub among them speaks for; a hub without locks is not in it. */
  gatewayFor: Map<string, string[]>;
}

/** Looks again at things that are connected: who was revoked, and which locks stand behind a hub now. */
export async function checkThings(
  { db }: Pick<Deps, 'db'>,
  names: readonly string[],
): Promise<CheckedThings> {
  // One parameter whatever their number: a list of placeholders would be another statement for each length.
  const asked = sql`select jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb) as name`;
  const known = await db.execute<{ name: string }>(
    sql`select name from things join (${asked}) as asked using (name) where revoked_at is null`,
  );
  const behind = await db.execute<{ hub: string; uuid: string }>(
    sql`select asked.name as hub, locks.uuid::text as uuid from (${asked}) as asked
        join locks on locks.hub_id =
          case when asked.name ~ '^hub-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then substr(asked.name, 5)::uuid end`,
  );
  const gone = new Set(names);
  for (const { name } of known) gone.delete(name);
  const gatewayFor = new Map<string, string[]>();
  for (const { hub, uuid } of behind) gatewayFor.set(hub, [...(gatewayFor.get(hub) ?? []), lockThing(uuid)]);
  return { gone, gatewayFor };
}
