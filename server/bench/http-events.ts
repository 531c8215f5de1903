import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { deviceClasses, homes as homesTable } from '@/drizzle/schema';
import { insertDevices } from '@/server/services/devices/insert-devices';
import type { BenchHome } from './people';
import { connections, type RequestRate } from './requests';
import { summarise } from './statistics';
import type { System } from './system';

/** A device that tells events, and the home it tells them in. */
export interface EventSource {
  id: number;
  homeId: number;
  apiKey: string;
}

/** Raw single-row commits are made on so many connections (quality, speed). */
const floorConnections = 10;

/** Makes devices spread over homes of one project: enough of them that none meets its limit of events a minute. */
export async function mintSources(
  { database: { db } }: System,
  homes: readonly BenchHome[],
  count: number,
): Promise<EventSource[]> {
  const [project] = await db
    .select({ id: homesTable.projectId })
    .from(homesTable)
    .where(eq(homesTable.id, homes[0]?.homeId ?? 0));
  if (project === undefined) throw new Error('no homes to put devices in');
  const [projectId, deviceClass] = [project.id, 'bench_sensor'];
  await db.insert(deviceClasses).values({ projectId, classId: deviceClass }).onConflictDoNothing();
  const wanted = Array.from({ length: count }, (_, index) => ({
    projectId,
    deviceClass,
    homeId: homes[index % homes.length]?.homeId ?? 0,
  }));
  const made = await insertDevices(db, wanted, new Date());
  return made.map(({ row, apiKey }) => ({ id: row.id, homeId: row.homeId ?? 0, apiKey }));
}

/** Events put as fast as they are answered; every 204 is an event in PostgreSQL. */
export async function measureHttpEvents(
  url: string,
  sources: readonly EventSource[],
  seconds: number,
): Promise<RequestRate> {
  // Loaded here: a product installed without development packages starts all the same.
  const { default: autocannon } = await import('autocannon');
  const samples: number[] = [];
  let next = 0;
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    setupClient(client) {
      const place = next;
      next += 1;
      client.setRequests(
        sources
          .filter((_, index) => index % connections === place % connections)
          .map(({ id, apiKey }) => ({
            method: 'PUT' as const,
            path: `/devices/${id}/event`,
            headers: { authorization: `ModeCloud ${apiKey}`, 'content-type': 'application/json' },
            body: '{"eventType":"reading","eventData":{"temperature":21.5,"humidity":40}}',
          })),
      );
    },
  });
  run.on('response', (_client, _status, _bytes, milliseconds) => samples.push(milliseconds));
  const result = await run;
  return {
    perSecond: result['2xx'] / result.duration,
    times: summarise(samples),
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

/** One row a commit with the driver alone, as fast as ten connections take them. `ownerUrl`: of a role that may create a table. */
export async function measureSingleCommits(ownerUrl: string, seconds: number): Promise<RequestRate> {
  const sql = postgres(ownerUrl, { max: floorConnections, onnotice: () => {} });
  const samples: number[] = [];
  try {
    await sql`create table if not exists bench_event_floor
      (id bigint primary key generated always as identity, body text, at timestamptz default now())`;
    const commit = () =>
      sql`insert into bench_event_floor (body) values (${`{"eventType":"${randomUUID()}"}`})`;
    await Promise.all(Array.from({ length: floorConnections }, commit));
    const startedAt = performance.now();
    const work = async () => {
      while (performance.now() - startedAt < seconds * 1_000) {
        const from = performance.now();
        await commit();
        samples.push(performance.now() - from);
      }
    };
    await Promise.all(Array.from({ length: floorConnections }, work));
    const perSecond = (samples.length * 1_000) / (performance.now() - startedAt);
    return { perSecond, times: summarise(samples), failures: 0 };
  } finally {
    await sql.end();
  }
}
