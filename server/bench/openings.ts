import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { OpeningView } from '@/server/contracts/locks';
import type { ClientToServerEvents, ServerToClientEvents } from '@/server/contracts/realtime';
import { openingsPerMinute } from '@/server/domain/lock/opening';
import type { BenchHome } from './people';
import { type Summary, summarise } from './statistics';

export interface OpeningTrial {
  /** Address of the gateway. */
  url: string;
  /** Each with a door and two members; opened in turn. */
  homes: readonly BenchHome[];
  perSecond: number;
  seconds: number;
}

export interface OpeningTimes {
  /** From the POST to the answer that says `sent`. */
  sent: Summary;
  /** From the POST to `accepted` on the socket of another member: the lock has it. */
  accepted: Summary;
  /** From the POST to `confirmed` there: the bolt was reported open. */
  confirmed: Summary;
  /** Openings that were refused or not confirmed within 10 s. */
  failures: number;
}

const patienceMs = 10_000;

/** How many doors a trial needs so that nobody opens one too often in a minute, its warming up included. */
export const doorsNeeded = (perSecond: number, seconds: number): number =>
  Math.ceil((Math.min(seconds, 60) * perSecond) / (openingsPerMinute - 2));

type AppSocket = Socket<ServerToClientEvents, ClientToServerEvents>;

/** A socket of the home's second member that hears of its openings. */
export async function watch(
  url: string,
  home: BenchHome,
  onOpening: (opening: OpeningView) => void,
): Promise<AppSocket> {
  const socket: AppSocket = io(url, {
    auth: { token: home.watcherToken },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.on('opening', (message) => {
    if (message.topic === 'opening') onOpening(message.payload);
  });
  const answer = await socket.timeout(patienceMs).emitWithAck('subscribe', { homeId: home.homeId });
  if (!answer.ok) throw new Error(`the watcher may not listen: ${answer.reason}`);
  return socket;
}

/** Opens doors at a steady rate, whatever the answers take, and times each. */
export async function measureOpenings({
  url,
  homes,
  perSecond,
  seconds,
}: OpeningTrial): Promise<OpeningTimes> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const awaited = new Map<string, (status: 'accepted' | 'confirmed') => void>();
  const sockets = await Promise.all(
    homes.map((home) =>
      watch(url, home, ({ requestId, status }) => {
        if (requestId !== undefined && (status === 'accepted' || status === 'confirmed'))
          awaited.get(requestId)?.(status);
      }),
    ),
  );

  const post = (home: BenchHome, requestId: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization: `ModeCloud ${home.ownerToken}`, 'content-type': 'application/json' };
      const sent = request(
        `${url}/locks/${home.lockId}/OpenLock`,
        { method: 'POST', agent, headers },
        (response) => {
          response.resume();
          response.once('end', () => resolve(response.statusCode ?? 0));
        },
      );
      sent.setNoDelay(true);
      sent.once('error', reject);
      sent.end(JSON.stringify({ requestId }));
    });

  /** Milliseconds to each of the three steps; undefined when it was not confirmed. */
  async function open(
    home: BenchHome,
  ): Promise<{ sentMs: number; acceptedMs: number; confirmedMs: number } | undefined> {
    const requestId = randomUUID();
    const startedAt = performance.now();
    let timer: NodeJS.Timeout | undefined;
    let acceptedMs: number | undefined;
    const confirmed = new Promise<number | undefined>((resolve) => {
      awaited.set(requestId, (status) => {
        const sinceMs = performance.now() - startedAt;
        // A lock that answers at once may report both steps in one.
        acceptedMs ??= sinceMs;
        if (status === 'confirmed') resolve(sinceMs);
      });
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    try {
      const status = await post(home, requestId).catch(() => 0);
      const sentMs = performance.now() - startedAt;
      const confirmedMs = status === 200 ? await confirmed : undefined;
      return confirmedMs === undefined
        ? undefined
        : { sentMs, acceptedMs: acceptedMs ?? confirmedMs, confirmedMs };
    } finally {
      clearTimeout(timer);
      awaited.delete(requestId);
    }
  }

  try {
    for (const home of homes) await open(home);
    const total = perSecond * seconds;
    const startedAt = performance.now();
    const openings: ReturnType<typeof open>[] = [];
    for (let index = 0; index < total; index += 1) {
      const home = homes[index % homes.length];
      if (home === undefined) throw new Error('no doors to open');
      const waitMs = startedAt + (index * 1000) / perSecond - performance.now();
      if (waitMs > 0) await delay(waitMs);
      openings.push(open(home));
    }
    const results = await Promise.all(openings);
    const good = results.filter((result) => result !== undefined);
    return {
      sent: summarise(good.map(({ sentMs }) => sentMs)),
      accepted: summarise(good.map(({ acceptedMs }) => acceptedMs)),
      confirmed: summarise(good.map(({ confirmedMs }) => confirmedMs)),
      failures: results.length - good.length,
    };
  } finally {
    for (const socket of sockets) socket.disconnect();
    agent.destroy();
  }
}
