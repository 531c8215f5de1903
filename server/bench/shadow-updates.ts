import { setTimeout as delay } from 'node:timers/promises';
import { busPrefix, shadowPrefix } from '@/server/domain/topics';
import { connectMqtt, type MqttConnection } from '@/server/mqtt/client';
import { measureCommit, measureMqttRoundTrip } from './floors';
import type { BenchHome } from './people';
import { type Figure, type Summary, summarise } from './statistics';
import type { System } from './system';

/** Things, each on a connection of its own. */
export const shadowThings = 200;
/** Each sends its next update when the last is answered, and at most so often: a thing has its limits too. */
const everyMs = 60;
const warmUpMs = 1_000;
const patienceMs = 10_000;

interface Updater {
  /** Milliseconds from the publish to `accepted`; undefined: it did not come. */
  update(): Promise<number | undefined>;
  end(): Promise<void>;
}

async function openUpdater(url: string, { thing, thingPassword }: BenchHome): Promise<Updater> {
  const connection: MqttConnection = connectMqtt({
    url,
    clientId: `${thing}:bench`,
    username: thing,
    password: thingPassword,
  });
  const topic = `${shadowPrefix({ thing, name: 'bench' })}/update`;
  const waiting = new Map<string, () => void>();
  await connection.ready();
  await connection.subscribe(`${topic}/accepted`, ({ payload }) => {
    const { clientToken } = JSON.parse(payload.toString()) as { clientToken: string };
    waiting.get(clientToken)?.();
  });
  let sent = 0;
  return {
    update() {
      sent += 1;
      const clientToken = String(sent);
      const state = { reported: { temperature: 21.5, humidity: 40, count: sent } };
      return new Promise((resolve) => {
        const startedAt = performance.now();
        const settle = (answer: number | undefined) => {
          clearTimeout(timer);
          waiting.delete(clientToken);
          resolve(answer);
        };
        const timer = setTimeout(() => settle(undefined), patienceMs);
        waiting.set(clientToken, () => settle(performance.now() - startedAt));
        connection
          .publish(topic, JSON.stringify({ state, clientToken }), { qos: 1 })
          .catch(() => settle(undefined));
      });
    },
    end: () => connection.end(),
  };
}

interface Trial {
  times: Summary;
  perSecond: number;
  failures: number;
}

/** All of them at once, each as fast as it is answered. */
async function flood(updaters: readonly Updater[], seconds: number): Promise<Trial> {
  const from = performance.now() + warmUpMs;
  const until = from + seconds * 1_000;
  const times: number[] = [];
  let failures = 0;
  await Promise.all(
    updaters.map(async (updater, index) => {
      await delay((index / updaters.length) * everyMs);
      while (performance.now() < until) {
        const next = delay(everyMs);
        const took = await updater.update();
        const now = performance.now();
        if (took === undefined) failures += 1;
        else if (now >= from && now < until) times.push(took);
        await next;
      }
    }),
  );
  return { times: summarise(times), perSecond: times.length / seconds, failures };
}

/** One update at a time, of one thing after the other. */
async function trickle(updaters: readonly Updater[], seconds: number): Promise<Trial> {
  const until = performance.now() + seconds * 1_000;
  const times: number[] = [];
  let failures = 0;
  for (let index = 0; performance.now() < until; index += 1) {
    const updater = updaters[index % updaters.length];
    const took = await updater?.update();
    if (took === undefined) failures += 1;
    else times.push(took);
    await delay(2);
  }
  return { times: summarise(times), perSecond: times.length / seconds, failures };
}

/** Shadow updates over MQTT at QoS 1, from the publish until `accepted`, which is sent when they are stored. */
export async function benchShadow(
  system: System,
  homes: readonly BenchHome[],
  seconds: number,
): Promise<Figure[]> {
  const group = `Shadow updates by MQTT, QoS 1, ${shadowThings} things`;
  const commit = await measureCommit(system.ownerUrl);
  const message = await measureMqttRoundTrip({ ...system.broker, topic: `${busPrefix}bench/floor` });
  const updaters = await Promise.all(
    homes.slice(0, shadowThings).map((home) => openUpdater(system.broker.url, home)),
  );
  try {
    const single = await trickle(updaters, seconds);
    const many = await flood(updaters, seconds);
    // There, the commit, and back.
    const floor = commit.p50 + 2 * message.p50;
    return [
      {
        group,
        name: 'to accepted, one at a time',
        times: single.times,
        ratio: single.times.p50 / floor,
        failures: single.failures,
      },
      { group, name: `to accepted, each at most every ${everyMs} ms`, ...many },
      { group, name: 'floor: one row committed', times: commit },
      { group, name: 'floor: one MQTT message', times: message },
    ];
  } finally {
    await Promise.all(updaters.map((updater) => updater.end()));
  }
}
