import { type Config, ConfigError } from '@/server/config';
import { busPrefix } from '@/server/domain/topics';
import { startBareServer } from './bare-server';
import type { Child } from './children';
import { benchEvents } from './events';
import { benchFleet } from './fleet';
import { measureCommit, measureMqttRoundTrip } from './floors';
import { benchMatter } from './matter';
import { benchMqttEvents } from './mqtt-events';
import { doorsNeeded, measureOpenings } from './openings';
import { type BenchHome, mintHomes } from './people';
import {
  callersNeeded,
  connections,
  measureRequests,
  middle,
  type RequestKind,
  type RequestRate,
} from './requests';
import { benchSearch } from './search';
import { benchShadow, shadowThings } from './shadow-updates';
import { benchSockets, homesForSockets } from './sockets';
import { type Figure, formatTable } from './statistics';
import { type System, startSystem } from './system';

interface Wish {
  isJson: boolean;
  /** The parts to run. */
  parts: readonly Part[];
  /** Length of each trial; absent for its own. */
  seconds: number | undefined;
}

const allParts = [
  'openings',
  'api',
  'mqtt',
  'events',
  'shadow',
  'sockets',
  'search',
  'fleet',
  'hub',
] as const;
type Part = (typeof allParts)[number];

/** The rate that has a bar, and ten times as many. */
const openingRates = [20, 200] as const;
const openingSeconds = 20;
const requestSeconds = 6;
const mqttSeconds = 8;
const eventSeconds = 6;
const shadowSeconds = 6;
const searchSeconds = 3;
/** Each server is measured so many times, in turn, and the middle one counts. */
const requestRounds = 3;
const mostSeconds = 60;

const usage = `usage: npm run bench -- [--json] [--only=${allParts.join(',')}] [--seconds=N]`;

function readWish(argv: readonly string[]): Wish {
  const wish: Wish = { isJson: false, parts: allParts, seconds: undefined };
  for (const argument of argv) {
    const [name, value = ''] = argument.split('=', 2);
    if (name === '--target') continue;
    if (name === '--json') wish.isJson = true;
    else if (name === '--only') {
      const wanted = value.split(',');
      wish.parts = allParts.filter((part) => wanted.includes(part));
      if (wish.parts.length !== wanted.length) throw new ConfigError(usage);
    } else if (name === '--seconds') {
      wish.seconds = Number(value);
      if (!(wish.seconds >= 1 && wish.seconds <= mostSeconds)) throw new ConfigError(usage);
    } else throw new ConfigError(usage);
  }
  return wish;
}

async function benchOpenings(
  system: System,
  homes: readonly BenchHome[],
  perSecond: (typeof openingRates)[number],
  seconds: number,
): Promise<Figure[]> {
  const group = `Opening a door, ${perSecond} a second for ${seconds} s, a lock that answers at once`;
  const commit = await measureCommit(system.ownerUrl);
  const message = await measureMqttRoundTrip({ ...system.broker, topic: `${busPrefix}bench/floor` });
  const { sent, accepted, confirmed, failures } = await measureOpenings({
    url: system.url,
    homes,
    perSecond,
    seconds,
  });
  const floor = commit.p50 + message.p50;
  return [
    {
      group,
      name: 'POST to confirmed on an app',
      times: confirmed,
      ratio: confirmed.p50 / floor,
      failures,
      ...(perSecond === 20
        ? {
            bar: 'p50 ≤ 10 ms, p99 ≤ 50 ms',
            isMet: confirmed.p50 <= 10 && confirmed.p99 <= 50 && failures === 0,
          }
        : {}),
    },
    { group, name: 'POST to accepted by the lock', times: accepted, ratio: accepted.p50 / floor },
    { group, name: 'POST to its answer, sent', times: sent, ratio: sent.p50 / floor },
    { group, name: 'floor: one row committed', times: commit },
    { group, name: 'floor: one MQTT message', times: message },
  ];
}

/** Microseconds are the last digit worth printing. */
const rounded = (_name: string, value: unknown) =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;

async function benchRequests(
  system: System,
  bare: Child,
  homes: readonly BenchHome[],
  kind: RequestKind,
  seconds: number,
): Promise<Figure[]> {
  const group = `API at ${connections} connections`;
  const urls = { bare: `http://127.0.0.1:${bare.ready.port}`, ours: system.url };
  for (const url of Object.values(urls)) {
    const { failures } = await measureRequests({ url, kind, homes, seconds: 2 });
    if (failures > 0) throw new Error(`${url} does not ${kind}: ${failures} requests failed`);
  }
  const rates: Record<keyof typeof urls, RequestRate[]> = { bare: [], ours: [] };
  // In turn, so that a machine that slows down slows both.
  for (let round = 0; round < requestRounds; round += 1) {
    for (const name of ['bare', 'ours'] as const) {
      rates[name].push(await measureRequests({ url: urls[name], kind, homes, seconds }));
    }
  }
  const [ours, floor] = [middle(rates.ours), middle(rates.bare)];
  const ratio = ours.perSecond / floor.perSecond;
  return [
    { group, name: kind, ...ours, ratio, bar: '≥ 0.7', isMet: ratio >= 0.7 && ours.failures === 0 },
    { group, name: 'bare server: the same', ...floor },
  ];
}

/**
 * Measures the built product on this machine: target `bench`. Prints a table, or with `--json` one JSON document;
 * what it is doing goes to stderr. Returns the exit code: 1 when something failed while it was measured; a missed bar is
 * no failure. Raises ConfigError on unknown flags.
 */
export async function runBench(_config: Config, argv: readonly string[]): Promise<0 | 1> {
  const { isJson, parts, seconds } = readWish(argv);
  const say = (line: string) => process.stderr.write(`bench: ${line}\n`);
  const program = process.argv[1];
  if (program === undefined) throw new Error('no program to start processes from');
  const figures: Figure[] = [];
  const starting = startSystem(program, (part) => say(`starting ${part}`));
  const interrupt = () => {
    starting.then((started) => started.stop()).finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const system = await starting;
    const openingLasts = seconds ?? openingSeconds;
    // Doors of their own for each rate: within a minute nobody may open one too often.
    const doors = openingRates.map((rate) => doorsNeeded(rate, openingLasts));
    const doorsInAll = parts.includes('openings') ? doors.reduce((sum, count) => sum + count, 0) : 0;
    const homes = await mintHomes(
      system.database.db,
      Math.max(callersNeeded, shadowThings, homesForSockets, doorsInAll),
    );
    if (parts.includes('openings')) {
      await system.startLocks(homes.slice(0, doorsInAll));
      let from = 0;
      for (const [index, rate] of openingRates.entries()) {
        say(`opening doors, ${rate} a second`);
        const own = homes.slice(from, from + (doors[index] ?? 0));
        from += own.length;
        figures.push(...(await benchOpenings(system, own, rate, openingLasts)));
      }
    }
    if (parts.includes('hub')) {
      say('pairing and opening a Matter lock');
      const [home] = homes.slice(-1);
      if (home !== undefined) figures.push(...(await benchMatter(program, system, home)));
    }
    if (parts.includes('shadow')) {
      say('updating shadows');
      figures.push(...(await benchShadow(system, homes, seconds ?? shadowSeconds)));
    }
    if (parts.includes('sockets')) {
      say('opening sockets');
      figures.push(...(await benchSockets(system, homes)));
    }
    if (parts.includes('mqtt')) {
      say('publishing device events');
      figures.push(...(await benchMqttEvents(system, homes, seconds ?? mqttSeconds)));
    }
    if (parts.includes('events')) {
      say('putting device events');
      figures.push(...(await benchEvents(system, homes, seconds ?? eventSeconds)));
    }
    if (parts.includes('api')) {
      const bare = await startBareServer(system.databaseUrl);
      try {
        for (const kind of ['create home', 'get home'] as const) {
          say(`asking to ${kind}`);
          figures.push(...(await benchRequests(system, bare, homes, kind, seconds ?? requestSeconds)));
        }
      } finally {
        await bare.stop();
      }
    }
    // Last: these fill the tables.
    if (parts.includes('search')) {
      say('searching');
      figures.push(...(await benchSearch(system, seconds ?? searchSeconds, say)));
    }
    if (parts.includes('fleet')) {
      say('counting the fleet');
      figures.push(...(await benchFleet(system, seconds ?? searchSeconds, say)));
    }
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await (await starting).stop();
  }
  process.stdout.write(`${isJson ? JSON.stringify({ figures }, rounded, 2) : formatTable(figures)}\n`);
  return figures.some(({ failures = 0 }) => failures > 0) ? 1 : 0;
}
