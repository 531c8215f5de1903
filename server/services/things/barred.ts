import { type SQL, sql } from 'drizzle-orm';

/**
 * Whether a thing has lost its rights with its hub: a hub that is suspended or decommissioned, a lock or a Matter device
 * behind one. `name` is the column that holds the thing's name.
 */
export const isBarred = (name: SQL): SQL<boolean> => sql<boolean>`exists (
  select 1 from hubs barring
  where barring.status in ('suspended', 'decommissioned') and (
    barring.thing_name = ${name}
    or barring.id = (select l.hub_id from locks l where l.uuid =
      case when ${name} ~ '^lock-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then substr(${name}, 6)::uuid end)
    or barring.id = (select m.hub_id from matter_devices m where m.thing_name = ${name})))`;
