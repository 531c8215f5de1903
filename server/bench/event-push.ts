import { Agent, request } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type WebSocket from 'ws';
import { homeMembers } from '@/drizzle/schema';
import type { SubscribeAnswer } from '@/server/contracts/realtime';
import { createSession } from '@/server/services/auth/create-session';
import { addUser } from '@/server/services/users/add-user';
import { startChild } from './children';
import { ask, openSocketIo } from './frames.mjs';
import type { EventSource } from './http-events';
import { type Summary, summarise } from './statistics';
import type { System } from './system';

export interface PushTimes {
  /** From the beginning of the PUT to the event in the hands of one subscriber. */
  times: Summary;
  /** Events that were refused, and receptions that did not come. */
  failures: number;
}

const patienceMs = 10_000;
/** As many sockets as one person may have. */
const socketsPerUser = 10;
const numberMark = '"eventData":{"n":';

/** Sessions of people who are members of the home, one for so many sockets. */
async function mintMembers(
  { database: { db } }: System,
  { homeId, projectId }: { homeId: number; projectId: number },
  count: number,
): Promise<string[]> {
  const tokens: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const user = await addUser(
      { db },
      { projectId, email: `subscriber-${index}@bench.invalid`, name: `subscriber ${index}`, verified: true },
    );
    await db.insert(homeMembers).values({ homeId, userId: user.id, role: 'member' });
    tokens.push((await createSession(db, user.id, 'bench', new Date())).token);
  }
  return tokens;
}

async function subscribe(url: string, token: string, homeId: number): Promise<WebSocket> {
  const socket = await openSocketIo(url, token);
  const answer = (await ask(socket, 'subscribe', { homeId })) as SubscribeAnswer;
  if (!answer.ok) throw new Error(`a subscriber may not listen: ${answer.reason}`);
  return socket;
}

/** Number of the event in a frame that tells one; undefined in any other frame. */
function numberIn(frame: Buffer): number | undefined {
  const at = frame.indexOf(numberMark);
  return at < 0 ? undefined : Number.parseInt(frame.toString('latin1', at + numberMark.length, at + 20), 10);
}

export interface PushLoad {
  subscribers: number;
  perSecond: number;
  seconds: number;
}

/** Whom to tell events, as which device, and by which sessions to listen. */
interface PushPlace {
  url: string;
  source: Pick<EventSource, 'id' | 'apiKey' | 'homeId'>;
  tokens: readonly string[];
}

/** Tells events at a steady rate and times each on every one of the subscribers. */
export async function measurePush(
  system: System,
  source: EventSource & { projectId: number },
  load: PushLoad,
): Promise<PushTimes> {
  const tokens = await mintMembers(system, source, Math.ceil(load.subscribers / socketsPerUser));
  return timePush({ url: system.url, source, tokens }, load);
}

/** The same by a bare socket.io server that stores nothing and asks nobody. */
export async function measurePushFloor(load: PushLoad): Promise<PushTimes> {
  const bare = await startChild({
    name: 'bare push',
    program: path.resolve('server/bench/bare-push.mjs'),
    args: [],
    env: {},
  });
  try {
    const url = `http://127.0.0.1:${bare.ready.port}`;
    return await timePush({ url, source: { id: 1, apiKey: 'none', homeId: 1 }, tokens: ['none'] }, load);
  } finally {
    await bare.stop();
  }
}

/**
 * Status of the answer; undefined: there was none. By `node:http`: `fetch` alone takes more than a millisecond of what is
 * measured, before the server hears of it and when it has answered.
 */
function put(url: string, apiKey: string, event: object, agent: Agent): Promise<number | undefined> {
  return new Promise((resolve) => {
    const headers = { authorization: `ModeCloud ${apiKey}`, 'content-type': 'application/json' };
    request(url, { method: 'PUT', agent, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', () => resolve(undefined))
      .end(JSON.stringify(event));
  });
}

async function timePush(
  { url, source, tokens }: PushPlace,
  { subscribers, perSecond, seconds }: PushLoad,
): Promise<PushTimes> {
  const sockets: WebSocket[] = [];
  const agent = new Agent({ keepAlive: true });
  const eventUrl = `${url}/devices/${source.id}/event`;
  const startedAt: number[] = [];
  const samples: number[] = [];
  const total = perSecond * seconds;
  const warmUps = perSecond;
  let received = 0;
  let allCame = () => {};
  const complete = new Promise<void>((resolve) => {
    allCame = resolve;
  });
  try {
    for (let index = 0; index < subscribers; index += 1) {
      const socket = await subscribe(url, tokens[index % tokens.length] as string, source.homeId);
      socket.on('message', (frame: Buffer) => {
        const n = numberIn(frame);
        if (n === undefined || n < warmUps) return;
        samples.push(performance.now() - (startedAt[n] as number));
        received += 1;
        if (received === total * subscribers) allCame();
      });
      sockets.push(socket);
    }
    let refused = 0;
    const tell = async (n: number) => {
      startedAt[n] = performance.now();
      const status = await put(eventUrl, source.apiKey, { eventType: 'reading', eventData: { n } }, agent);
      if (status !== 204) refused += 1;
    };
    const from = performance.now();
    const puts: Promise<void>[] = [];
    for (let n = 0; n < total + warmUps; n += 1) {
      const waitMs = from + (n * 1_000) / perSecond - performance.now();
      if (waitMs > 0) await delay(waitMs);
      puts.push(tell(n));
    }
    await Promise.all(puts);
    await Promise.race([complete, delay(patienceMs, undefined, { ref: false })]);
    return { times: summarise(samples), failures: refused + total * subscribers - received };
  } finally {
    agent.destroy();
    for (const socket of sockets) socket.terminate();
  }
}
