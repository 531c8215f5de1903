import { eq } from 'drizzle-orm';
import { homes as homesTable } from '@/drizzle/schema';
import { startBareServer } from './bare-server';
import { measurePush, measurePushFloor } from './event-push';
import { measureHttpEvents, measureSingleCommits, mintSources } from './http-events';
import type { BenchHome } from './people';
import { connections, middle, type RequestRate } from './requests';
import type { Figure } from './statistics';
import type { System } from './system';

/** At 600 events a minute each, more than any machine asks of them in the longest trial. */
const sourceCount = connections * 16;
/** As many as the homes that quality counts with. */
const devicesPerHome = 10;
const rounds = 3;
const subscribers = 200;
const eventsPerSecond = 20;

/** Device events by HTTP, in PostgreSQL before the 204, beside raw commits; and an event on its way to 200 subscribers. */
export async function benchEvents(
  system: System,
  homes: readonly BenchHome[],
  seconds: number,
): Promise<Figure[]> {
  const group = `Device events by HTTP, ${connections} connections`;
  const pushGroup = `An event to ${subscribers} subscribers, ${eventsPerSecond} a second`;
  const [home] = homes;
  if (home === undefined) throw new Error('no homes to tell events in');
  const sources = await mintSources(
    system,
    homes.slice(0, Math.ceil(sourceCount / devicesPerHome)),
    sourceCount,
  );
  const warmUp = await measureHttpEvents(system.url, sources, 2);
  if (warmUp.failures > 0) throw new Error(`${warmUp.failures} events were refused`);
  const [ours, bares, floors]: [RequestRate[], RequestRate[], RequestRate[]] = [[], [], []];
  const bareServer = await startBareServer(system.databaseUrl);
  try {
    // In turn, so that a machine that slows down slows all three.
    for (let round = 0; round < rounds; round += 1) {
      floors.push(await measureSingleCommits(system.ownerUrl, seconds));
      bares.push(await measureHttpEvents(`http://127.0.0.1:${bareServer.ready.port}`, sources, seconds));
      ours.push(await measureHttpEvents(system.url, sources, seconds));
    }
  } finally {
    await bareServer.stop();
  }
  const [events, bare, floor] = [middle(ours), middle(bares), middle(floors)];
  const ratio = events.perSecond / floor.perSecond;

  const [place] = await system.database.db
    .select({ projectId: homesTable.projectId })
    .from(homesTable)
    .where(eq(homesTable.id, home.homeId));
  const [source] = await mintSources(system, [home], 1);
  if (source === undefined || place === undefined) throw new Error('no device to tell events');
  // A device may tell 600 events a minute and has a minute's worth to begin with.
  const load = { subscribers, perSecond: eventsPerSecond, seconds: Math.min(seconds * 2, 25) };
  const pushFloor = await measurePushFloor({ ...load, seconds });
  const push = await measurePush(system, { ...source, projectId: place.projectId }, load);
  return [
    {
      group,
      name: 'stored, then answered with 204',
      ...events,
      ratio,
      bar: '≥ 0.5',
      isMet: ratio >= 0.5 && events.failures === 0,
    },
    { group, name: 'floor: raw single-row commits, 10 connections', ...floor },
    {
      group,
      name: 'floor: a bare server that commits one row a request',
      ...bare,
      ratio: bare.perSecond / floor.perSecond,
    },
    {
      group: pushGroup,
      name: 'PUT to the event on an app',
      ...push,
      bar: 'p50 ≤ 8 ms, p99 ≤ 20 ms',
      isMet: push.times.p50 <= 8 && push.times.p99 <= 20 && push.failures === 0,
    },
    { group: pushGroup, name: 'floor: a bare socket.io server that stores nothing', ...pushFloor },
  ];
}
