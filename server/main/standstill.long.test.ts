import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type System, startSystem } from '@/server/bench/system';
import { connectMqtt, type MqttConnection } from '@/server/mqtt/client';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory, type Person } from '@/server/testing/factories';
import { until } from '@/server/testing/until';
import { isRunning } from '../domain/lock/opening';

/** Longer than anything of ours waits, and than a broker waits for a sign of life. */
const standstillMs = 30_000;

let product: System;
let factory: Factory;
beforeAll(async () => {
  product = await startSystem(path.resolve('dist/main.js'), () => {});
  factory = makeFactory({
    databaseUrl: product.databaseUrl,
    mqttUrl: product.broker.url,
    secretsKey: product.secretsKey,
  });
});
afterAll(async () => {
  await factory?.end();
  await product?.stop();
});

/** A lock of somebody else's making: it acts on each new command and has never heard of expiry. */
async function carelessLock({ thing, mqtt }: { thing: string; mqtt: { password: string } }) {
  const connection: MqttConnection = connectMqtt({
    url: product.broker.url,
    username: thing,
    password: mqtt.password,
    clientId: thing,
  });
  await connection.ready();
  const opened = new Set<string>();
  const prefix = `$aws/things/${thing}/shadow/update`;
  const report = (reported: object) =>
    connection.publish(prefix, JSON.stringify({ state: { reported } }), { qos: 1 });
  await connection.subscribe(`${prefix}/delta`, ({ payload }) => {
    const { command } = (JSON.parse(payload.toString()) as { state: { command?: { id?: string } } }).state;
    if (command?.id === undefined || opened.has(command.id)) return;
    opened.add(command.id);
    report({ lockState: 'UNLOCKED', command: { id: command.id, state: 'succeeded' } }).catch(() => {});
  });
  await report({ lockState: 'LOCKED' });
  return { opened, end: () => connection.end() };
}

/** A process and everything it has started. */
function family(pid: number): number[] {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [pid, ...children.trim().split(/\s+/).map(Number)];
}
/** `ps` ends with 1 where there are no children. */
const familyOf = (pid: number): number[] => {
  try {
    return family(pid);
  } catch {
    return [pid];
  }
};

it.each(['gateway', 'bridge', 'broker', 'postgres'] as const)(
  'a %s that stands still for half a minute opens nothing afterwards, loses nothing, and works on',
  async (name) => {
    const person: Person = await factory.person((await factory.project()).id);
    const home = await factory.home(person);
    const lock = await factory.lock(home.id);
    const device = await factory.device(person.user.projectId, home.id);
    const careless = await carelessLock(lock);
    const ask = (requestId: string) =>
      fetch(`${product.url}/locks/${lock.id}/OpenLock`, {
        method: 'POST',
        headers: { authorization: `ModeCloud ${person.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ requestId }),
        // As long as a page waits.
        signal: AbortSignal.timeout(10_000),
      }).then(
        ({ status }) => status,
        () => 'no answer' as const,
      );
    const tell = (n: number) =>
      fetch(`${product.url}/devices/${device.id}/event`, {
        method: 'PUT',
        headers: { authorization: `ModeCloud ${device.apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ eventType: `told-${n}`, eventData: {} }),
        signal: AbortSignal.timeout(10_000),
      }).then(
        ({ status }) => status,
        () => 'no answer' as const,
      );
    const statusOf = async (requestId: string) => {
      const { body } = await send(product.url, 'GET', `/locks/${lock.id}/openings`, { token: person.token });
      return body.items.find((one: { requestId?: string }) => one.requestId === requestId)?.status;
    };
    const opens = async () => {
      const requestId = randomUUID();
      if ((await ask(requestId)) !== 200) return false;
      return until(async () => (await statusOf(requestId)) === 'confirmed');
    };
    // The standstill before this one may still be felt.
    await until(opens);

    const pids = familyOf(product.pids[name]);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const meanwhile = randomUUID();
    const [asked, told] = await (async () => {
      try {
        const answers = await Promise.all([ask(meanwhile), tell(1), delay(standstillMs)]);
        return [answers[0], answers[1]];
      } finally {
        for (const pid of pids) process.kill(pid, 'SIGCONT');
      }
    })();
    expect(asked).not.toBe(200);

    await until(async () => {
      const { checks } = (await send(product.url, 'GET', '/readyz')).body;
      return checks.database && checks.broker;
    });
    await until(opens);
    await until(async () => (await factory.openings(lock.id)).every(({ status }) => !isRunning(status)));
    expect([undefined, 'failed', 'expired']).toContain(await statusOf(meanwhile));
    // One before and one after: whatever was tried in between has moved nothing.
    const openings = await factory.openings(lock.id);
    // Who came while one was under way has joined it.
    const confirmed = openings
      .filter(({ status, joined }) => status === 'confirmed' && joined === null)
      .map(({ id }) => id);
    expect([...careless.opened].sort()).toEqual(confirmed.sort());

    expect(await tell(2)).toBe(204);
    const { body } = await send(product.url, 'GET', `/devices/${device.id}/events?type=told-1`, {
      token: person.token,
    });
    const kept = body.items;
    // Acknowledged means kept; without a word it may be there or not, but not twice.
    if (told === 204) expect(kept).toHaveLength(1);
    expect(kept.length).toBeLessThanOrEqual(1);
    await careless.end();
  },
);
