import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { homes, hubs } from '@/drizzle/schema';
import { scripts } from '@/package.json';
import { freeUdpPort } from '@/server/hub-agent/free-udp-port';
import { createHub } from '@/server/services/hubs/create-hub';
import { type ChildSettings, startChild } from './children';
import { kibibytesOf } from './memory';
import { watch } from './openings';
import type { BenchHome } from './people';
import { type Figure, summarise } from './statistics';
import type { System } from './system';

/** Each pairing makes a new lock of the cloud, at which one person may open so many doors a minute, and two are spared. */
export const pairings = 10;
const openingsEach = 8;
const pollMs = 25;
const patienceMs = 20_000;
/** The bolt goes back between two openings, so that each of them really moves it. */
const relockMs = 60;
const pauseMs = 200;
const mostMegabytes = 200;
/** `npm run hub` word for word: its flags of Node decide how much memory it takes. */
const [, ...hubWords] = scripts.hub.split(' ');

async function until<Answer>(ask: () => Promise<Answer | undefined>, what: string): Promise<Answer> {
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await delay(pollMs)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
  }
  throw new Error(`${what} did not come about`);
}

/** Pairs a virtual lock with a hub again and again over real Matter, and opens it in between. */
export async function benchMatter(program: string, system: System, home: BenchHome): Promise<Figure[]> {
  const { db } = system.database;
  const [row] = await db.select().from(homes).where(eq(homes.id, home.homeId));
  if (row === undefined) throw new Error('there is no home');
  const hub = await createHub(
    { db, secrets: system.secrets },
    { projectId: row.projectId, homeId: home.homeId, serial: randomUUID() },
  );
  const folder = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-matter-'));
  const running: { stop(): Promise<void> }[] = [{ stop: () => rm(folder, { recursive: true, force: true }) }];
  const start = async (settings: ChildSettings) => {
    const child = await startChild(settings);
    running.push(child);
    return child;
  };
  const ask = async (method: string, where: string, body?: object) => {
    const response = await fetch(`${system.url}${where}`, {
      method,
      headers: { authorization: `ModeCloud ${home.ownerToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${where} answered ${response.status}`);
    return response.json();
  };
  const awaited = new Map<string, () => void>();
  const socket = await watch(system.url, home, ({ requestId, status }) => {
    if (requestId !== undefined && status === 'confirmed') awaited.get(requestId)?.();
  });
  running.push({ stop: async () => void socket.disconnect() });

  try {
    const port = await freeUdpPort();
    const quiet = { NODE_ENV: 'production', LOG_LEVEL: 'warn' };
    await start({
      name: 'the lock',
      program,
      args: ['--target=matter-lock'],
      env: {
        ...quiet,
        MATTER_LOCK_DATA_DIR: path.join(folder, 'lock'),
        MATTER_LOCK_PORT: String(port),
        MATTER_LOCK_AUTO_LOCK_MS: String(relockMs),
      },
    });
    const isFlag = (word: string) => word.startsWith('--');
    const hubProgram = hubWords.findIndex((word) => !isFlag(word));
    const agent = await start({
      name: 'the hub',
      flags: hubWords.slice(0, hubProgram),
      program: hubWords[hubProgram] ?? program,
      args: hubWords.slice(hubProgram + 1),
      env: {
        ...quiet,
        HUB_DATA_DIR: path.join(folder, 'hub'),
        HUB_THING: hub.thing,
        HUB_PASSWORD: hub.mqtt.password,
        HUB_MQTT_URL: system.broker.url,
        HUB_KNOWN_ADDRESSES: `127.0.0.1:${port}`,
      },
    });
    await until(async () => {
      const [known] = await db.select().from(hubs).where(eq(hubs.id, hub.id));
      return known?.reachable === true ? known : undefined;
    }, 'the hub');
    const { url, secret } = JSON.parse(await readFile(path.join(folder, 'lock/control.json'), 'utf8'));
    const listed = await fetch(url, { headers: { authorization: `Bearer ${secret}` } });
    const [lock] = ((await listed.json()) as { locks: { qrCode: string }[] }).locks;

    const paired: number[] = [];
    const confirmed: number[] = [];
    let failures = 0;
    for (let round = 0; round < pairings; round += 1) {
      const startedAt = performance.now();
      await ask('POST', `/hubs/${hub.id}/CommissionDevice`, {
        hubId: hub.id,
        commissioningCode: lock?.qrCode,
      });
      const attempt = await until(async () => {
        const { items } = await ask('GET', `/hubs/${hub.id}/commissionings`);
        return ['succeeded', 'failed', 'expired'].includes(items[0].status) ? items[0] : undefined;
      }, 'a pairing');
      if (attempt.status !== 'succeeded')
        throw new Error(`a pairing ended with ${attempt.error} ${attempt.message ?? ''}`);
      paired.push(performance.now() - startedAt);
      await until(
        async () => ((await ask('GET', `/locks/${attempt.lockId}`)).bolt === 'locked' ? true : undefined),
        'a word of the lock',
      );
      for (let count = 0; count < openingsEach; count += 1) {
        const requestId = randomUUID();
        const askedAt = performance.now();
        const seen = new Promise<void>((resolve) => {
          awaited.set(requestId, resolve);
        });
        await ask('POST', `/locks/${attempt.lockId}/OpenLock`, { requestId });
        const isSeen = await Promise.race([seen.then(() => true), delay(patienceMs).then(() => false)]);
        if (isSeen) confirmed.push(performance.now() - askedAt);
        else failures += 1;
        await delay(pauseMs);
      }
      await ask('POST', `/hubs/${hub.id}/SendHubCommand`, {
        hubId: hub.id,
        command: 'remove_lock',
        args: { lockId: attempt.deviceId },
      });
      await until(async () => {
        const answer = await fetch(url, { headers: { authorization: `Bearer ${secret}` } });
        const { locks } = (await answer.json()) as { locks: { isPaired: boolean }[] };
        return locks[0]?.isPaired === false ? true : undefined;
      }, 'a removal');
    }
    const megabytes = ((await kibibytesOf(agent.pid)) * 1_024) / 1_000_000;
    const group = `A Matter lock behind a hub, ${pairings} pairings`;
    const [pair, open] = [summarise(paired), summarise(confirmed)];
    return [
      {
        group,
        name: 'POST CommissionDevice to succeeded',
        times: pair,
        bar: 'p50 ≤ 2 s',
        isMet: pair.p50 <= 2_000,
      },
      {
        group,
        name: 'POST OpenLock to confirmed on an app',
        times: open,
        failures,
        bar: 'p50 ≤ 150 ms, p99 ≤ 500 ms',
        isMet: open.p50 <= 150 && open.p99 <= 500 && failures === 0,
      },
      {
        group,
        name: `memory of the hub: ${Math.round(megabytes)} MB`,
        bar: `≤ ${mostMegabytes} MB`,
        isMet: megabytes <= mostMegabytes,
      },
    ];
  } finally {
    for (const part of running.reverse()) await part.stop();
  }
}
