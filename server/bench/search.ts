import postgres from 'postgres';
import { askAsStaff } from './staff-questions';
import type { Figure } from './statistics';
import type { System } from './system';

/** Rows of each table; a million in all. */
const rows = { users: 350_000, homes: 200_000, devices: 260_000, locks: 140_000, hubs: 50_000 } as const;
const barMs = 100;

/** Names as people and places have them, so that some are everywhere and others nowhere. */
const statements = [
  `insert into projects (name, account_type) select 'Search ' || n, 'email' from generate_series(1, 3) n`,
  `create temporary table places as select row_number() over (order by id) as n, id from projects where name like 'Search %'`,
  `insert into users (project_id, name, email, phone_number, verified)
   select p.id,
     (array['Kari','Ola','Kim','Åse','Ingrid','Lars','Nora','Emil','Sofie','Jakob','Anders','Marit','Trond','Silje','Henrik','Astrid','Bjørn','Solveig','Magnus','Hanne'])[1 + (hashint8(u) & 1023) % 20] || ' ' ||
     (array['Hansen','Johansen','Olsen','Larsen','Andersen','Pedersen','Nilsen','Kristiansen','Jensen','Karlsen','Ødegård','Solberg','Haugen','Bakken','Lund','Moen','Strand','Dahl','Berg','Eide','Holm','Vik','Myhre','Sæther','Tangen'])[1 + (hashint8(u + 7) & 1023) % 25],
     substr(md5('m' || u), 1, 3 + u::int % 6) || u || '@' || (array['example.com','mail.invalid','post.invalid'])[1 + u::int % 3],
     '+479' || lpad(u::text, 7, '0'), u % 5 <> 0
   from generate_series(1::bigint, ${rows.users}) u join places p on p.n = 1 + (hashint8(u + 3) & 1023) % 3`,
  `insert into homes (project_id, name)
   select p.id, (array['Home','Cabin','Flat','House','Hytte'])[1 + (hashint8(h) & 1023) % 5] || ' ' ||
     (array['Storgata','Kirkegata','Skolegata','Solveien','Parkveien','Industrigata','Strandveien','Bakkegata'])[1 + (hashint8(h + 5) & 1023) % 8] || ' ' || h % 211
   from generate_series(1::bigint, ${rows.homes}) h join places p on p.n = 1 + (hashint8(h + 3) & 1023) % 3`,
  `insert into devices (project_id, device_class, name, tag, key_hash)
   select p.id, (array['smart_light','sensor','thermostat'])[1 + (hashint8(d) & 1023) % 3],
     (array['Lamp','Heater','Door sensor','Meter'])[1 + (hashint8(d + 5) & 1023) % 4] || ' ' || d % 97,
     'tag-' || substr(md5(d::text), 1, 12), sha256(('d' || d)::bytea)
   from generate_series(1::bigint, ${rows.devices}) d join places p on p.n = 1 + (hashint8(d + 3) & 1023) % 3`,
  `insert into locks (project_id, name, serial_number, reachable)
   select p.id, (array['Front door','Back door','Garage','Cellar','Gate'])[1 + (hashint8(l) & 1023) % 5],
     'SN-' || upper(substr(md5('l' || l), 1, 10)), l % 9 <> 0
   from generate_series(1::bigint, ${rows.locks}) l join places p on p.n = 1 + (hashint8(l + 3) & 1023) % 3`,
  `insert into hubs (project_id, serial, id, thing_name, status)
   select p.id, 'HB-' || upper(substr(md5('h' || h), 1, 10)), u, 'hub-' || u, 'claimed'
   from (select h, gen_random_uuid() as u from generate_series(1::bigint, ${rows.hubs}) h) made
   join places p on p.n = 1 + (hashint8(h + 3) & 1023) % 3`,
];

/** Fills the tables without their search indexes and makes those after, as one restores a database. */
async function fill(ownerUrl: string, say: (line: string) => void): Promise<number> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    const indexes = await sql<{ indexname: string; indexdef: string }[]>`
      select indexname, indexdef from pg_indexes where indexname like '%\\_search' and schemaname = 'public'`;
    for (const { indexname } of indexes) await sql.unsafe(`drop index "${indexname}"`);
    for (const statement of statements) {
      say(statement.slice(0, 40).replace(/\s+/g, ' '));
      await sql.unsafe(statement);
    }
    for (const { indexname, indexdef } of indexes) {
      say(`index ${indexname}`);
      await sql.unsafe(indexdef);
    }
    await sql.unsafe('vacuum analyze users, homes, devices, locks, hubs');
    const [first] = await sql<
      { id: string }[]
    >`select min(id)::text as id from projects where name like 'Search %'`;
    return Number(first?.id);
  } finally {
    await sql.end();
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz';
/** Questions as people ask them, another one each time. */
const questions: Record<string, (n: number) => string> = {
  'number of a person': (n) => String(1_000 + n * 37),
  'telephone number': (n) => `+47 9${String(n * 911).padStart(7, '0')}`,
  'serial of a lock': (n) => `SN-${String(n)}${letters[n % 26]}F4`.slice(0, 7),
  'part of a name': (n) =>
    ['Ødegård', 'kari lund', 'solveig moen', 'storgata 12', 'heater 5'][n % 5] as string,
  'a term that is everywhere': (n) => ['door', 'ola', 'home', 'sensor', 'sen'][n % 5] as string,
  'a name with a wrong letter': (n) =>
    ['krai odegard', 'solvegi meon', 'storgatta 33', 'bjrn hansne', 'thermosatt'][n % 5] as string,
  'nothing at all': (n) => `xq${letters[n % 26]}zzw${letters[(n * 7) % 26]}y`,
};

/** The support console's search over a million rows. */
export async function benchSearch(
  system: System,
  seconds: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const projectId = await fill(system.ownerUrl, say);
  const asked = Object.entries(questions).map(
    ([name, question]) => [name, (n: number) => `search?${new URLSearchParams({ q: question(n) })}`] as const,
  );
  return askAsStaff(system, projectId, {
    of: `Search over ${Object.values(rows).reduce((sum, count) => sum + count, 0)} rows`,
    questions: Object.fromEntries(asked),
    seconds,
    barMs,
  });
}
