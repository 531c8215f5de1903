import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '@/server/services/deps';
import { ground } from '@/server/testing/ground';
import { connectService, connectThing, type Wire } from '@/server/testing/mqtt-wire';
import { startTlsBroker, type TlsBroker } from '@/server/testing/tls-broker';
import { keptLimits } from './kept-sessions';

const factory = ground();
const shadow = (thing: string, rest: string) => `$aws/things/${thing}/shadow/${rest}`;
let broker: TlsBroker;
let home: Awaited<ReturnType<typeof factory.home>>;
let lock: Awaited<ReturnType<typeof factory.lock>>;
let service: Wire;
const open: Wire[] = [];

beforeAll(async () => {
  broker = await startTlsBroker(factory);
  home = await factory.home(await factory.person((await factory.project()).id));
  lock = await factory.lock(home.id);
  service = await connectService(broker.plainUrl, factory);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.end()));
});
afterAll(async () => {
  await service.end();
  await broker.stop();
});
const come = async (options: object = {}): Promise<Wire> => {
  const wire = await connectThing(broker.plainUrl, lock, { clean: false, ...options });
  open.push(wire);
  return wire;
};
const delta = (n: number, thing = lock.thing) =>
  service.publish(shadow(thing, 'update/delta'), { state: { n } });

describe('a session that is kept (device-shadow 7)', () => {
  it('holds deltas while its device is away, in order, each once', async () => {
    const first = await come();
    expect(await first.subscribe(shadow(lock.thing, 'update/delta'))).toEqual([1]);
    await first.goodbye();
    for (const n of [1, 2, 3]) await delta(n);
    const second = await come();
    for (const n of [1, 2, 3]) expect((await second.next()).body.state.n).toBe(n);
    await delta(4);
    expect((await second.next()).body.state.n).toBe(4);
    second.cut();
    await second.closed;
    const third = await come();
    await delta(5);
    expect((await third.next()).body.state.n).toBe(5);
    expect(third.pending).toEqual([]);
  });

  it('is no right: what is not its own is neither kept nor held', async () => {
    const other = await factory.lock(home.id);
    const first = await come({ clientId: `${lock.thing}:curious` });
    const wanted = [shadow(other.thing, 'update/delta'), shadow(lock.thing, 'update/delta')];
    expect(await first.subscribe(...wanted)).toEqual([128, 1]);
    await first.goodbye();
    await delta(1, other.thing);
    await delta(2);
    const second = await come({ clientId: `${lock.thing}:curious` });
    expect((await second.next()).body.state.n).toBe(2);
    await delta(3);
    expect((await second.next()).body.state.n).toBe(3);
    expect(second.pending).toEqual([]);
  });

  it('ends when its client asks for a clean one', async () => {
    const first = await come({ clientId: `${lock.thing}:once` });
    await first.subscribe(shadow(lock.thing, 'update/delta'));
    await first.goodbye();
    await delta(1);
    const clean = await come({ clientId: `${lock.thing}:once`, clean: true });
    await clean.goodbye();
    const again = await come({ clientId: `${lock.thing}:once` });
    await again.subscribe(shadow(lock.thing, 'update/delta'));
    await delta(2);
    expect((await again.next()).body.state.n).toBe(2);
  });

  it('holds the newest when more came than it may hold', async () => {
    const first = await come({ clientId: `${lock.thing}:long` });
    await first.subscribe(shadow(lock.thing, 'update/delta'));
    await first.goodbye();
    const count = keptLimits.messagesMost + 20;
    for (let n = 1; n <= count; n += 1) await delta(n);
    const second = await come({ clientId: `${lock.thing}:long` });
    for (let n = 21; n <= count; n += 1) expect((await second.next()).body.state.n).toBe(n);
  });

  it('is forgotten after an hour without its client', async () => {
    let ahead = 0;
    const clock: Clock = { now: () => new Date(Date.now() + ahead) };
    const own = await startTlsBroker(factory, { clock });
    const teller = await connectService(own.plainUrl, factory);
    const connect = () => connectThing(own.plainUrl, lock, { clean: false });
    try {
      const first = await connect();
      await first.subscribe(shadow(lock.thing, 'update/delta'));
      await first.goodbye();
      await teller.publish(shadow(lock.thing, 'update/delta'), { state: { n: 1 } });
      ahead = keptLimits.awayMostMs + 120_000;
      await own.forget();
      const second = await connect();
      expect(await second.subscribe(shadow(lock.thing, 'update/delta'))).toEqual([1]);
      await teller.publish(shadow(lock.thing, 'update/delta'), { state: { n: 2 } });
      expect((await second.next()).body.state.n).toBe(2);
      await second.end();
    } finally {
      await teller.end();
      await own.stop();
    }
  });
});
