import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded/postgres';
import { copyCluster } from '../testing/cluster';
import { migrate } from './migrate';

let dataDir: string;
let server: EmbeddedPostgres;
let sql: postgres.Sql;
const run = (keepMonths?: number) =>
  migrate(server.ownerUrl, 'drizzle/migrations', new URL(server.url).username, keepMonths);

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-partitions-'));
  await chmod(dataDir, 0o711);
  await copyCluster(dataDir);
  server = await startEmbeddedPostgres({ dataDir, endsWithLauncher: true, log: () => {} });
  await run();
  sql = postgres(server.ownerUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await sql.end();
  await server.stop();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const partitions = async (): Promise<string[]> =>
  (
    await sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits
      where inhparent = 'device_events'::regclass order by 1`
  ).map(({ name }) => name);
/** `device_events_2026_03` */
const partitionOf = (monthsFromNow: number): string => {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsFromNow, 1));
  return `device_events_${month.toISOString().slice(0, 7).replace('-', '_')}`;
};
const insert = (monthsFromNow: number) => sql`
  insert into device_events (home_id, position, device_id, event_type, body, created_at)
  values (1, 1, 1, 'x', '{}', date_trunc('month', now()) + make_interval(months => ${monthsFromNow}::int) + interval '3 days')`;
const countIn = async (table: string) =>
  Number((await sql`select count(*) as count from ${sql(table)}`)[0]?.count);

it('has a partition for the past month, this one and sixty more, and one for the rest', async () => {
  const names = await partitions();
  for (const month of [-1, 0, 1, 59, 60]) expect(names).toContain(partitionOf(month));
  expect(names).toHaveLength(63);
  expect(names).toContain('device_events_rest');
  await insert(0);
  expect(await countIn(partitionOf(0))).toBe(1);
});

it('lets the application write and read through the table, and make or drop nothing', async () => {
  const app = postgres(server.url, { max: 1, onnotice: () => {} });
  try {
    await app`insert into device_events (home_id, position, event_type, body, created_at) values (2, 1, 'x', '{}', now())`;
    expect(await app`select 1 from device_events where home_id = 2`).toHaveLength(1);
    await expect(app`select drop_event_partitions(0)`).rejects.toThrow(/must be owner/);
    await expect(app.unsafe(`drop table ${partitionOf(0)}`)).rejects.toThrow(/must be owner/);
  } finally {
    await app.end();
  }
});

it('takes in again what a wrong clock put beyond the last partition', async () => {
  await sql.unsafe(`drop table ${partitionOf(58)}`);
  await insert(58);
  expect(await countIn('device_events_rest')).toBe(1);
  await run();
  expect(await countIn('device_events_rest')).toBe(0);
  expect(await countIn(partitionOf(58))).toBe(1);
  expect(await partitions()).toContain(partitionOf(58));
});

it('drops months that are older than they are kept, and no others', async () => {
  const old = partitionOf(-14);
  const kept = partitionOf(-13);
  for (const [name, from] of [
    [old, -14],
    [kept, -13],
  ] as const) {
    await sql.unsafe(`create table ${name} partition of device_events
      for values from ('${name.slice(14).replace('_', '-')}-01') to ('${partitionOf(from + 1)
        .slice(14)
        .replace('_', '-')}-01')`);
    await insert(from);
  }
  await run();
  const names = await partitions();
  expect(names).not.toContain(old);
  expect(names).toContain(kept);
  await run(3);
  expect(await partitions()).not.toContain(kept);
  expect(await partitions()).toContain(partitionOf(-1));
});
