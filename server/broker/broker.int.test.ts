import { connect } from 'node:net';
import { eq } from 'drizzle-orm';
import { generate, type Packet } from 'mqtt-packet';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { locks, things } from '@/drizzle/schema';
import { ground } from '@/server/testing/ground';
import { connectPacket, subscribePacket } from '@/server/testing/mqtt-peer';
import {
  connectService,
  connectThing,
  connectWire,
  type Wire,
  type WireMessage,
} from '@/server/testing/mqtt-wire';

const factory = ground();
const url = inject('mqttUrl');
const shadow = (thing: string, rest: string) => `$aws/things/${thing}/shadow/${rest}`;

type Lock = Awaited<ReturnType<typeof factory.lock>>;
let home: Awaited<ReturnType<typeof factory.home>>;
let lock: Lock;
let other: Lock;
const open: Wire[] = [];
const keep = async (connecting: Promise<Wire>): Promise<Wire> => {
  const wire = await connecting;
  open.push(wire);
  return wire;
};

beforeAll(async () => {
  home = await factory.home(await factory.person((await factory.project()).id));
  lock = await factory.lock(home.id);
  other = await factory.lock(home.id);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.end()));
});

describe('who is let in (device-shadow 9)', () => {
  const refusal = (options: object) =>
    connectWire(url, options).then(
      () => 'let in',
      (error: { code?: number }) => error.code,
    );
  const good = () => ({ clientId: lock.thing, username: lock.thing, password: lock.mqtt.password });

  it('a thing with its password, under its own name or with a suffix', async () => {
    for (const clientId of [lock.thing, `${lock.thing}:app`]) {
      const wire = await keep(connectWire(url, { ...good(), clientId }));
      expect(await wire.subscribe(shadow(lock.thing, 'update/delta'))).toEqual([1]);
    }
  });

  it('a thing whose SDK appends its query to the user name', async () => {
    const username = `${lock.thing}?SDK=JavaScript&Version=2.2.15`;
    const wire = await keep(connectWire(url, { ...good(), username }));
    expect(await wire.subscribe(shadow(lock.thing, '#'))).toEqual([1]);
  });

  it('nobody with a wrong password or another name: CONNACK 4', async () => {
    const cases: Record<string, object> = {
      'a wrong password': { ...good(), password: `${lock.mqtt.password}x` },
      'an empty password': { ...good(), password: '' },
      'the password of another thing': { ...good(), password: other.mqtt.password },
      'an unknown thing': { ...good(), username: 'lock-none', clientId: 'lock-none' },
      'the client id of another thing': { ...good(), clientId: other.thing },
      'a client id that only begins like it': { ...good(), clientId: `${lock.thing}x` },
      'a client id with a wildcard': { ...good(), clientId: `${lock.thing}:#` },
      'no name': { clientId: lock.thing },
      'a service with a wrong secret': {
        clientId: 'svc:bridge:x',
        username: 'svc:bridge',
        password: 'wrong',
      },
      'a service with the secret of another': {
        clientId: 'svc:bridge:x',
        username: 'svc:bridge',
        password: factory.deps.secrets.servicePassword('gateway'),
      },
      'a thing that calls itself a service': {
        clientId: 'svc:bridge:x',
        username: 'svc:bridge',
        password: lock.mqtt.password,
      },
      'a name with NUL': { ...good(), username: `${lock.thing}\u0000` },
    };
    for (const [title, options] of Object.entries(cases)) {
      expect({ title, code: await refusal(options) }).toEqual({ title, code: 4 });
    }
  });

  it('no thing that was revoked', async () => {
    const lost = await factory.lock(home.id);
    await factory.deps.db.update(things).set({ revokedAt: new Date() }).where(eq(things.name, lost.thing));
    expect(await refusal({ clientId: lost.thing, username: lost.thing, password: lost.mqtt.password })).toBe(
      4,
    );
  });
});

describe('what a thing may hear (device-shadow 9)', () => {
  it.each([
    '#',
    '+',
    '+/+/+/+/+',
    '$SYS/#',
    '$SYS/broker/clients/connected',
    '$aws/#',
    '$aws/things/+/shadow/#',
    '$aws/things/+/shadow/update/delta',
    '$aws/events/presence/#',
    '$share/all/$aws/things/+/shadow/#',
    'latchkey/v1/#',
    'latchkey/v1/home/1/door',
  ])('a subscription to %s is refused with 0x80, and the connection stays', async (filter) => {
    const wire = await keep(connectThing(url, lock));
    expect(await wire.subscribe(filter)).toEqual([128]);
    expect(await wire.subscribe(shadow(lock.thing, 'get/accepted'))).toEqual([1]);
  });

  it('of several filters in one packet each is judged by itself', async () => {
    const wire = await keep(connectThing(url, lock));
    const codes = await wire.subscribe(
      shadow(lock.thing, 'get/+'),
      shadow(other.thing, 'get/+'),
      '#',
      shadow(lock.thing, 'update/+'),
    );
    expect(codes).toEqual([1, 128, 128, 1]);
  });

  it('the fifty-first subscription of a connection is refused', async () => {
    const wire = await keep(connectThing(url, lock));
    const codes = [];
    for (let count = 0; count < 51; count += 1)
      codes.push(...(await wire.subscribe(shadow(lock.thing, `name/s${count}/get/+`))));
    expect(codes).toEqual([...Array(50).fill(1), 128]);
  });

  it('messages of its own shadow come, others do not', async () => {
    const wire = await keep(connectThing(url, lock));
    const service = await keep(connectService(url, factory));
    await wire.subscribe(shadow(lock.thing, '#'));
    await service.publish(shadow(other.thing, 'update/delta'), { n: 1 });
    await service.publish(shadow(lock.thing, 'update/delta'), { n: 2 });
    expect(await wire.next()).toMatchObject({ topic: shadow(lock.thing, 'update/delta'), body: { n: 2 } });
    expect(wire.pending).toEqual([]);
  });
});

describe('what a thing may say (device-shadow 9)', () => {
  const forged = () => [
    shadow(lock.thing, 'update/accepted'),
    shadow(lock.thing, 'update/delta'),
    shadow(lock.thing, 'update/documents'),
    shadow(lock.thing, 'get/rejected'),
    shadow(lock.thing, 'name/porch/update/delta'),
    shadow(other.thing, 'update'),
    shadow(other.thing, 'get'),
    `$aws/events/presence/connected/${lock.thing}`,
    '$SYS/broker/uptime',
    'latchkey/v1/home/1/door',
    'latchkey/v1/revoke/session/x',
    'anything',
  ];

  it('whatever is not its own request is dropped and ends the connection', async () => {
    const service = await keep(connectService(url, factory));
    await service.subscribe(
      `$aws/things/${lock.thing}/#`,
      `$aws/things/${other.thing}/#`,
      'latchkey/v1/home/1/door',
      'latchkey/v1/revoke/session/x',
    );
    for (const topic of forged()) {
      const wire = await connectThing(url, lock);
      wire.shout(topic, { forged: true });
      await wire.closed;
    }
    await service.publish(shadow(lock.thing, 'get/accepted'), { fence: true });
    await service.next(({ body }) => body.fence === true);
    expect(service.pending.filter(({ body }) => body.forged === true)).toEqual([]);
  });

  it('a payload above 256 KiB ends the connection', async () => {
    const wire = await connectThing(url, lock);
    wire.shout(shadow(lock.thing, 'update'), 'x'.repeat(256 * 1024 + 1));
    await wire.closed;
  });

  it('nothing is ever retained', async () => {
    const service = await keep(connectService(url, factory));
    const { thing } = lock;
    await service.subscribe(shadow(thing, 'name/kept/update'));
    const wire = await keep(connectThing(url, lock));
    await wire.publish(shadow(thing, 'name/kept/update'), { state: {} }, { retain: true });
    expect((await service.next()).retain).toBe(false);
    await service.publish(shadow(thing, 'name/kept/get/accepted'), { n: 1 }, { retain: true });
    const late = await keep(connectThing(url, lock, { clientId: `${thing}:late` }));
    await late.subscribe(shadow(thing, 'name/kept/#'));
    await service.publish(shadow(thing, 'name/kept/get/accepted'), { n: 2 });
    expect((await late.next()).body).toEqual({ n: 2 });
  });

  it('a last will counts like a message: on its own request it comes, on the topic of another it does not', async () => {
    const service = await keep(connectService(url, factory));
    await service.subscribe(shadow('+', 'update'), '$aws/events/presence/+/+');
    const willOf = (topic: string, n: number) => ({
      topic,
      payload: Buffer.from(JSON.stringify({ n })),
      qos: 1 as const,
      retain: false,
    });
    const wills = [
      shadow(other.thing, 'update'),
      shadow(lock.thing, 'update/accepted'),
      'latchkey/v1/revoke/session/x',
      shadow(lock.thing, 'update'),
    ];
    for (const [n, topic] of wills.entries()) {
      const clientId = `${lock.thing}:will-${n}`;
      const wire = await connectThing(url, lock, { clientId, will: willOf(topic, n) }).catch(() => undefined);
      if (wire === undefined) continue;
      wire.cut();
      await service.next(({ body }) => body.eventType === 'disconnected' && body.clientId === clientId);
    }
    const came = await service.next(
      ({ topic, body }) => topic.endsWith('/update') && typeof body.n === 'number',
    );
    expect(came).toMatchObject({ topic: shadow(lock.thing, 'update'), body: { n: 3 } });
  });
});

describe('a hub (device-shadow 9)', () => {
  it('reaches its own shadow and those of its locks, and loses a lock that is taken from it', async () => {
    const hub = await factory.hub(home);
    const mine = await factory.lock(home.id);
    const setHub = (hubId: string | null) =>
      factory.deps.db.update(locks).set({ hubId }).where(eq(locks.id, mine.id));
    await setHub(hub.id);
    const wire = await keep(connectThing(url, hub));
    expect(
      await wire.subscribe(
        shadow(hub.thing, '#'),
        shadow(mine.thing, 'update/delta'),
        shadow(other.thing, 'update/delta'),
      ),
    ).toEqual([1, 1, 128]);
    await wire.publish(shadow(mine.thing, 'get'), '');
    const service = await keep(connectService(url, factory));
    /** Whether the hub still hears of the lock; the message of its own shadow comes after. */
    const hears = async () => {
      await service.publish(shadow(mine.thing, 'update/delta'), { of: 'lock' });
      await service.publish(shadow(hub.thing, 'update/delta'), { of: 'hub' });
      await wire.next(({ body }) => body.of === 'hub');
      const heard = wire.pending.some(({ body }) => body.of === 'lock');
      if (heard) await wire.next(({ body }) => body.of === 'lock');
      return heard;
    };
    expect(await hears()).toBe(true);
    await setHub(null);
    await expect.poll(hears, { timeout: 25_000 }).toBe(false);
    wire.shout(shadow(mine.thing, 'update'), { state: {} });
    await wire.closed;
    const again = await keep(connectThing(url, hub));
    expect(await again.subscribe(shadow(mine.thing, 'update/delta'))).toEqual([128]);
    await setHub(hub.id);
    await expect
      .poll(() => again.subscribe(shadow(mine.thing, 'update/delta')), { timeout: 25_000 })
      .toEqual([1]);
  });

  it('a thing that never reads is cut off, and holds up nobody for long', async () => {
    const [deaf, hearing] = [await factory.lock(home.id), await factory.lock(home.id)];
    const service = await keep(connectService(url, factory));
    await service.subscribe('$aws/events/presence/+/+');
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const says = { clientId: deaf.thing, username: deaf.thing, password: Buffer.from(deaf.mqtt.password) };
    socket.write(generate({ ...connectPacket({ id: deaf.thing, apiKey: '' }), ...says }));
    socket.write(generate(subscribePacket([shadow(deaf.thing, 'update/accepted')]) as Packet));
    const isOf = (event: string) => (message: WireMessage) =>
      message.body.clientId === deaf.thing && message.body.eventType === event;
    await service.next(isOf('connected'));
    const listener = await keep(connectThing(url, hearing));
    await listener.subscribe(shadow(hearing.thing, 'update/accepted'));
    const big = Buffer.alloc(200 * 1024, 'x');
    for (let count = 0; count < 200; count += 1) service.shout(shadow(deaf.thing, 'update/accepted'), big);
    await service.next(isOf('disconnected'));
    await service.publish(shadow(hearing.thing, 'update/accepted'), { of: 'hearing' });
    expect((await listener.next()).body).toEqual({ of: 'hearing' });
    socket.destroy();
  });

  it('a thing that is revoked loses its open connection', async () => {
    const lost = await factory.lock(home.id);
    const wire = await keep(connectThing(url, lost));
    await wire.subscribe(shadow(lost.thing, '#'));
    await factory.deps.db.update(things).set({ revokedAt: new Date() }).where(eq(things.name, lost.thing));
    await wire.closed;
  });
});
