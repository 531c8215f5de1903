import { and, eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { homeAnnouncements, homeEvents } from '@/drizzle/schema';
import { toCursor } from '@/server/domain/cursor';
import { type HomeEvent, record } from '@/server/event-store/outbox';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { connectLive, type Live } from '@/server/testing/live-client';
import { connectService, type Wire } from '@/server/testing/mqtt-wire';
import { until } from '@/server/testing/until';

const factory = ground();
const url = inject('url');
const { db } = factory.deps;
let kim: Person;
let homeId: number;
let service: Wire;
const open: Live[] = [];
const listen = async (): Promise<Live> => {
  const live = await connectLive(url, kim.token);
  open.push(live);
  return live;
};
beforeAll(async () => {
  kim = await factory.person((await factory.project()).id);
  service = await connectService(inject('mqttUrl'), factory);
});
beforeEach(async () => {
  homeId = (await factory.home(kim)).id;
});
afterEach(() => {
  for (const live of open.splice(0)) live.close();
});
afterAll(() => service.end());

/** A line in the log of the home that nobody was told of, as a crash would leave it. */
const write = async (n: number): Promise<HomeEvent> => {
  const event = await db.transaction((tx) => record(tx, homeId, 'event', { n }));
  if (event === undefined) throw new Error('the home is gone');
  return event;
};
const announce = (event: HomeEvent) => service.publish(`latchkey/v1/home/${homeId}/${event.topic}`, event);
const positions = (messages: readonly { position: number }[]) => messages.map(({ position }) => position);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
/** Many lines at once, written as `record` would write them. */
const writeMany = async (count: number) => {
  await db.execute(sql`insert into home_events (home_id, position, topic, payload)
    select id, position + n, 'event', '{}'::jsonb from homes, generate_series(1, ${count}::int) as n where id = ${homeId}`);
  await db.execute(sql`update homes set position = position + ${count}::int where id = ${homeId}`);
};

describe('live messages', () => {
  it('come in order, each with its place', async () => {
    const live = await listen();
    expect(await live.subscribe(homeId)).toEqual({ ok: true, cursor: toCursor(homeId, 0) });
    await Promise.all(
      range(1, 30).map((n) =>
        send(url, 'PATCH', `/homes/${homeId}`, { token: kim.token, body: { name: `Home ${n}` } }),
      ),
    );
    const messages = await live.take(30);
    expect(positions(messages)).toEqual(range(1, 30));
    for (const message of messages) {
      expect(message).toEqual({
        topic: 'home',
        homeId,
        position: message.position,
        cursor: toCursor(homeId, message.position),
        payload: { name: expect.any(String) },
      });
    }
  });

  it('fill in what was never announced', async () => {
    const live = await listen();
    await live.subscribe(homeId);
    for (let n = 1; n <= 4; n += 1) await write(n);
    await announce(await write(5));
    const messages = await live.take(5);
    expect(messages.map(({ position, payload }) => ({ position, payload }))).toEqual(
      range(1, 5).map((n) => ({ position: n, payload: { n } })),
    );
  });

  it('come once, however often and in whatever order they are announced', async () => {
    const live = await listen();
    await live.subscribe(homeId);
    const events = [];
    for (let n = 1; n <= 6; n += 1) events.push(await write(n));
    for (const event of [...events.toReversed(), ...events, ...events]) await announce(event);
    await announce(await write(7));
    expect(positions(await live.take(7))).toEqual(range(1, 7));
    expect(live.pending).toEqual([]);
  });

  it('survive announcements that make no sense', async () => {
    const live = await listen();
    await live.subscribe(homeId);
    for (const payload of [
      '',
      '{',
      '[]',
      'null',
      { homeId, position: 'x' },
      { homeId, position: 1e6, topic: 'event', payload: {} },
    ]) {
      await service.publish(`latchkey/v1/home/${homeId}/event`, payload);
    }
    await announce(await write(1));
    expect(positions(await live.take(1))).toEqual([1]);
    expect(live.pending).toEqual([]);
  });

  it('reach every listener of the home, whenever each has come', async () => {
    const early = await listen();
    await early.subscribe(homeId);
    await announce(await write(1));
    const late = await listen();
    await late.subscribe(homeId);
    await announce(await write(2));
    expect(positions(await early.take(2))).toEqual([1, 2]);
    expect(positions(await late.take(1))).toEqual([2]);
    expect(late.pending).toEqual([]);
  });

  it('left unannounced are announced by the relay, and marked', async () => {
    const live = await listen();
    await live.subscribe(homeId);
    await write(1);
    // It looks at all homes, and the more rarely the longer that takes.
    await until(async () => live.pending.length > 0, 90_000);
    expect(positions(await live.take(1))).toEqual([1]);
    await until(async () => {
      const [row] = await db.select().from(homeAnnouncements).where(eq(homeAnnouncements.homeId, homeId));
      return row?.position === 1;
    });
    expect(live.pending).toEqual([]);
  }, 150_000);
});

describe('resuming', () => {
  it('brings exactly what was missed, before the answer, and then what is new', async () => {
    const first = await listen();
    await first.subscribe(homeId);
    for (let n = 1; n <= 3; n += 1) await announce(await write(n));
    const cursor = (await first.take(3)).at(-1)?.cursor;
    first.close();
    for (let n = 4; n <= 8; n += 1) {
      const event = await write(n);
      if (n % 2 === 0) await announce(event);
    }
    const again = await listen();
    expect(await again.subscribe(homeId, cursor)).toEqual({ ok: true, cursor: toCursor(homeId, 8) });
    expect(positions(again.pending)).toEqual(range(4, 8));
    await announce(await write(9));
    expect(positions(await again.take(6))).toEqual(range(4, 9));
  });

  it('misses and doubles nothing while others write', async () => {
    const live = await listen();
    await live.subscribe(homeId);
    const isDone = { value: false };
    const writing = (async () => {
      for (let n = 1; n <= 120; n += 1) {
        const event = await write(n);
        if (n % 3 !== 0) await announce(event);
      }
      await announce(await write(121));
      isDone.value = true;
    })();
    // A listener that comes back again and again at the place it last saw.
    const seen: number[] = [];
    let cursor = toCursor(homeId, 0);
    while (!isDone.value || seen.at(-1) !== 121) {
      const follower = await connectLive(url, kim.token);
      const answer = await follower.subscribe(homeId, cursor);
      expect(answer.ok).toBe(true);
      const next = follower.pending.length > 0 || (seen.at(-1) ?? 0) < 121 ? await follower.take(1) : [];
      const messages = [...next, ...follower.pending];
      follower.close();
      seen.push(...positions(messages));
      cursor = messages.at(-1)?.cursor ?? cursor;
    }
    await writing;
    expect(seen).toEqual(range(1, 121));
    expect(positions(await live.take(121))).toEqual(range(1, 121));
  });

  it('a thousand lines are replayed, a larger gap says: load anew', async () => {
    await writeMany(1_001);
    const live = await listen();
    expect(await live.subscribe(homeId, toCursor(homeId, 0))).toEqual({ ok: false, reason: 'resync' });
    expect(live.pending).toEqual([]);
    expect(await live.subscribe(homeId, toCursor(homeId, 1))).toMatchObject({ ok: true });
    expect(positions(await live.take(1_000))).toEqual(range(2, 1_001));
  });

  it('a place that has not been reached, or whose lines are gone, says: load anew', async () => {
    await writeMany(10);
    const live = await listen();
    expect(await live.subscribe(homeId, toCursor(homeId, 11))).toEqual({ ok: false, reason: 'resync' });
    await db.delete(homeEvents).where(and(eq(homeEvents.homeId, homeId), eq(homeEvents.position, 5)));
    expect(await live.subscribe(homeId, toCursor(homeId, 4))).toEqual({ ok: false, reason: 'resync' });
    expect(await live.subscribe(homeId, toCursor(homeId, 5))).toMatchObject({ ok: true });
    expect(positions(await live.take(5))).toEqual(range(6, 10));
  });

  it('at the present place brings nothing', async () => {
    await writeMany(3);
    const live = await listen();
    expect(await live.subscribe(homeId, toCursor(homeId, 3))).toEqual({
      ok: true,
      cursor: toCursor(homeId, 3),
    });
    expect(live.pending).toEqual([]);
  });
});
