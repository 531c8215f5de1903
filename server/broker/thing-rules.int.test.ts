import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeBroker } from '@/server/broker/broker';
import { ground } from '@/server/testing/ground';
import { connectPacket, openPeer, publishPacket, subscribePacket } from '@/server/testing/mqtt-peer';
import { connectService, connectThing, connectWire, type Wire } from '@/server/testing/mqtt-wire';
import { openFrontDoor } from './front-door';
import { listen } from './listeners';

const factory = ground();
const url = inject('mqttUrl');
const shadow = (thing: string, rest: string) => `$aws/things/${thing}/shadow/${rest}`;
let home: Awaited<ReturnType<typeof factory.home>>;
let lock: Awaited<ReturnType<typeof factory.lock>>;
const open: Wire[] = [];
const keep = async (connecting: Promise<Wire>): Promise<Wire> => {
  const wire = await connecting;
  open.push(wire);
  return wire;
};
const login = () => ({ id: lock.thing, apiKey: lock.mqtt.password });

beforeAll(async () => {
  home = await factory.home(await factory.person((await factory.project()).id));
  lock = await factory.lock(home.id);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.end()));
});

describe('versions of MQTT (device-shadow 7)', () => {
  it('a CONNECT of version 5 is answered in version 3: CONNACK 1, then the end', async () => {
    for (const rest of [{ clientId: lock.thing }, { clientId: '' }]) {
      const peer = openPeer(url);
      peer.send(connectPacket(login(), { ...rest, protocolVersion: 5 }));
      expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 1, sessionPresent: false });
      await peer.closed;
    }
  });

  it('version 3.1 is spoken as the v1 SDK may ask for it', async () => {
    const peer = openPeer(url);
    peer.send(connectPacket(login(), { clientId: lock.thing, protocolId: 'MQIsdp', protocolVersion: 3 }));
    expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 0 });
    peer.end();
  });
});

describe('subscriptions (device-shadow 9)', () => {
  it('eight filters in one packet are granted, the seven of the v1 SDK among them', async () => {
    const wire = await keep(connectThing(url, lock));
    const filters = ['update', 'get', 'delete']
      .flatMap((request) => [`${request}/accepted`, `${request}/rejected`])
      .concat('update/delta', 'update/documents')
      .map((rest) => shadow(lock.thing, rest));
    expect(await wire.subscribe(...filters)).toEqual(Array(8).fill(1));
  });

  it('one that stands already is not counted again, and one that is given up makes room', async () => {
    const wire = await keep(connectThing(url, lock));
    const filter = (n: number) => shadow(lock.thing, `name/s${n}/get/+`);
    for (let n = 0; n < 49; n += 1) await wire.subscribe(filter(n));
    for (let again = 0; again < 3; again += 1) expect(await wire.subscribe(filter(0))).toEqual([1]);
    expect(await wire.subscribe(filter(49), filter(50))).toEqual([1, 128]);
    await wire.unsubscribe(filter(0));
    expect(await wire.subscribe(filter(50))).toEqual([1]);
  });

  it('messages come at most at QoS 1, whatever was asked', async () => {
    const service = await keep(connectService(url, factory));
    const peer = openPeer(url);
    peer.send(connectPacket(login(), { clientId: `${lock.thing}:qos` }));
    await peer.next();
    for (const asked of [0, 1, 2] as const) {
      const topic = shadow(lock.thing, `name/q${asked}/get/accepted`);
      peer.send(subscribePacket([topic], asked, asked + 1));
      expect(await peer.next()).toMatchObject({ cmd: 'suback', messageId: asked + 1 });
      await service.publish(topic, {});
      expect(await peer.next()).toMatchObject({ cmd: 'publish', topic, qos: Math.min(asked, 1) });
    }
    peer.end();
  });
});

describe('what is published (device-shadow 9)', () => {
  it('at QoS 2 it ends the connection and reaches nobody', async () => {
    const service = await keep(connectService(url, factory));
    await service.subscribe(shadow(lock.thing, 'name/two/update'));
    const peer = openPeer(url);
    peer.send(connectPacket(login(), { clientId: `${lock.thing}:two` }));
    await peer.next();
    peer.send(publishPacket(shadow(lock.thing, 'name/two/update'), '{"state":{}}', 9, { qos: 2 }));
    await peer.closed;
    await service.publish(shadow(lock.thing, 'name/two/update'), { fence: true });
    expect((await service.next()).body).toEqual({ fence: true });
  });

  it('above 128 KiB it is answered 413 by the shadow, and the connection stays', async () => {
    const wire = await keep(connectThing(url, lock, { clientId: `${lock.thing}:big` }));
    await wire.subscribe(shadow(lock.thing, 'update/+'), shadow(lock.thing, 'get/+'));
    await wire.publish(shadow(lock.thing, 'update'), 'x'.repeat(128 * 1024 + 1));
    expect((await wire.next()).body).toMatchObject({ code: 413 });
    await wire.publish(shadow(lock.thing, 'update'), 'x'.repeat(256 * 1024));
    expect((await wire.next()).body).toMatchObject({ code: 413 });
  });
});

describe('client ids (device-shadow 9)', () => {
  it.each(['a/b', 'a b', '+', '#', '\u00e9', 'x'.repeat(128)])(
    'a suffix %j, which no presence topic can carry, is refused',
    async (suffix) => {
      const clientId = `${lock.thing}:${suffix}`;
      await expect(connectThing(url, lock, { clientId })).rejects.toMatchObject({ code: 4 });
    },
  );

  it('the newer of two connections with one id stays, the older one ends', async () => {
    const clientId = `${lock.thing}:twice`;
    const older = await connectThing(url, lock, { clientId });
    const newer = await keep(connectThing(url, lock, { clientId }));
    await older.closed;
    expect(await newer.subscribe(shadow(lock.thing, 'update/delta'))).toEqual([1]);
  });
});

it('what an SDK appends to the user name, and a wrong password, are nowhere in the log', async () => {
  const lines: string[] = [];
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  const { db, secrets } = factory.deps;
  const broker = await makeBroker({ db, log, secrets });
  const door = openFrontDoor({
    device: (stream) => stream.destroy(),
    other: (...accepted) => broker.accept(...accepted),
  });
  const listeners = await listen(door, { host: '127.0.0.1', port: 0, tlsPort: 0 }, log);
  const [token, password] = [randomUUID(), randomUUID()];
  const address = `mqtt://127.0.0.1:${listeners.port}`;
  const username = `${lock.thing}?x-amz-customauthorizer-name=a&token=${token}`;
  try {
    const wire = await connectWire(address, {
      clientId: lock.thing,
      username,
      password: lock.mqtt.password,
    });
    wire.shout('anything', {});
    await wire.closed;
    await expect(connectWire(address, { clientId: lock.thing, username, password })).rejects.toMatchObject({
      code: 4,
    });
    expect(lines.join('')).toContain('MQTT connection refused');
    expect(lines.join('')).toContain('MQTT publish refused');
    for (const secret of [token, password, lock.mqtt.password]) expect(lines.join('')).not.toContain(secret);
  } finally {
    await listeners.close();
    await broker.close();
  }
});

it('a MODE device is served on the same ports by its own rules (mode-api 7)', async () => {
  const device = await factory.device((await factory.project()).id);
  const peer = openPeer(url);
  peer.send(connectPacket({ id: device.id, apiKey: device.apiKey }));
  expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 0 });
  peer.send(subscribePacket([`/devices/${device.id}/command`, shadow(lock.thing, 'get/+')], 1));
  expect(await peer.next()).toMatchObject({ cmd: 'suback', granted: [0, 128] });
  peer.send(publishPacket(shadow(lock.thing, 'update'), '{"state":{"desired":{}}}', 5));
  expect(await peer.next()).toMatchObject({ cmd: 'puback', messageId: 5 });
  peer.end();
});
