import postgres from 'postgres';
import { askAsStaff } from './staff-questions';
import type { Figure } from './statistics';
import type { System } from './system';

/** What happened in one project in so many days. */
const days = 90;
const rows = { openings: 1_000_000, deviceEvents: 1_000_000, deliveries: 100_000, messages: 50_000 } as const;
const homes = 5_000;
const devices = 10_000;
const barMs = 300;
const dayMs = 86_400_000;

/** One of so many things happened so long ago, at even distances. */
const at = (one: string, of: number) => `now() - interval '${days} days' * (${of} - ${one}) / ${of}.0`;

const statements = [
  `insert into projects (name, account_type) values ('Fleet', 'email')`,
  `create temporary table fleet as select max(id) as id from projects where name = 'Fleet'`,
  `insert into homes (project_id, name) select id, 'Home ' || n from generate_series(1, ${homes}) n, fleet`,
  `create temporary table places as select row_number() over (order by h.id) as n, h.id from homes h join fleet f on f.id = h.project_id`,
  `insert into locks (project_id, home_id, name, reachable) select f.id, p.id, 'Door', p.n % 9 <> 0 from places p, fleet f`,
  `create temporary table doors as select row_number() over (order by l.id) as n, l.id, l.home_id from locks l join fleet f on f.id = l.project_id`,
  `insert into devices (project_id, home_id, device_class, key_hash)
   select f.id, p.id, 'sensor', sha256(('fleet' || d)::bytea) from generate_series(1, ${devices}) d join places p on p.n = 1 + d % ${homes}, fleet f`,
  `insert into openings (id, lock_id, home_id, principal_kind, principal_id, principal_name, via, status, created_at, sent_at, outcome_at, expires_at, withdrawn_at)
   select gen_random_uuid(), d.id, d.home_id, 'user', '1', 'Kim', 'page',
     case when o % 50 = 0 then 'failed' when o % 70 = 0 then 'expired' else 'confirmed' end,
     at, at + interval '20 ms', at + interval '20 ms' + make_interval(secs => 0.2 + (hashint8(o) & 1023) / 500.0),
     at + interval '30 s', at
   from (select o, ${at('o', rows.openings)} as at, 1 + (hashint8(o + 7) & 1048575) % ${homes} as n
     from generate_series(1::bigint, ${rows.openings}) o) made join doors d on d.n = made.n order by at`,
  `insert into device_events (home_id, position, event_type, body, created_at)
   select p.id, 1000000000 + e, 'reading', '{"t":21}', ${at('e', rows.deviceEvents)}
   from generate_series(1::bigint, ${rows.deviceEvents}) e join places p on p.n = 1 + (hashint8(e) & 1048575) % ${homes} order by e`,
  `insert into messages (project_id, channel, recipient, subject, body, status, created_at)
   select f.id, 'mail', 'k@example.com', 'S', '', 'sent', ${at('m', rows.messages)} from generate_series(1, ${rows.messages}) m, fleet f`,
  `insert into webhook_deliveries (project_id, module_id, kind, url, body, status, next_attempt_at, created_at, finished_at)
   select f.id, 'hooks', 'event', 'https://example.com/', '{}', 'delivered', made.at, made.at, made.at
   from (select now() - interval '30 days' * m / ${rows.deliveries}.0 as at from generate_series(1, ${rows.deliveries}) m) made, fleet f`,
  'vacuum analyze openings, device_events, messages, webhook_deliveries, homes, locks, devices',
];

async function fill(ownerUrl: string, say: (line: string) => void): Promise<number> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    for (const statement of statements) {
      say(statement.slice(0, 40).replace(/\s+/g, ' '));
      await sql.unsafe(statement);
    }
    const [made] = await sql<{ id: string }[]>`select id::text as id from fleet`;
    return Number(made?.id);
  } finally {
    await sql.end();
  }
}

const since = (daysAgo: number, by: 'day' | 'hour') => () => {
  const to = new Date();
  const from = new Date(to.getTime() - daysAgo * dayMs);
  const asked = { from: from.toISOString(), to: to.toISOString(), by, timezone: 'Europe/Oslo' };
  return `fleet?${new URLSearchParams(asked)}`;
};

/** The figures of the fleet, over what a large project does in three months. */
export async function benchFleet(
  system: System,
  seconds: number,
  say: (line: string) => void,
): Promise<Figure[]> {
  const projectId = await fill(system.ownerUrl, say);
  return askAsStaff(system, projectId, {
    of: `Figures of ${rows.openings} openings and ${devices} devices in ${days} days`,
    questions: {
      'a day by hour': since(1, 'hour'),
      'a week by hour': since(7, 'hour'),
      'a month by day': since(30, 'day'),
      'two months by day': since(62, 'day'),
    },
    seconds,
    barMs,
  });
}
