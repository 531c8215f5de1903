import { connect } from 'node:net';
import { eq } from 'drizzle-orm';
import type { IConnectPacket } from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { things } from '@/drizzle/schema';
import { ground } from '@/server/testing/ground';
import { connectPacket, openPeer, peerOver, publishPacket } from '@/server/testing/mqtt-peer';
import { connectService, connectThing, type Wire } from '@/server/testing/mqtt-wire';
import { startTlsBroker, type TlsBroker } from '@/server/testing/tls-broker';

const factory = ground();
let broker: TlsBroker;
let home: Awaited<ReturnType<typeof factory.home>>;
let lock: Awaited<ReturnType<typeof factory.lock>>;
let service: Wire;
const open: Wire[] = [];

beforeAll(async () => {
  broker = await startTlsBroker(factory);
  home = await factory.home(await factory.person((await factory.project()).id));
});
beforeEach(async () => {
  lock = await factory.lock(home.id);
  service = await connectService(broker.plainUrl, factory);
  await service.subscribe('$aws/events/presence/+/+');
  open.push(service);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.end()));
});
afterAll(() => broker.stop());

const isMine = ({ body }: { body: { clientId?: string } }) => body.clientId?.split(':')[0] === lock.thing;
const next = () => service.next(isMine);
const thing = (options: object = {}) => connectThing(broker.plainUrl, lock, options);
/** CONNECT of the lock, packet by packet. */
const peer = (rest: Partial<IConnectPacket> = {}) => {
  const made = openPeer(broker.plainUrl);
  made.send(connectPacket({ id: lock.thing, apiKey: lock.mqtt.password }, { clientId: lock.thing, ...rest }));
  return made;
};

describe('presence events (device-shadow 8)', () => {
  it('tell everything of a connect and of its disconnect, on the topic of the client id', async () => {
    const wire = await thing({ clientId: `${lock.thing}:app` });
    const came = await next();
    expect(came.topic).toBe(`$aws/events/presence/connected/${lock.thing}:app`);
    expect(came.body).toEqual({
      clientId: `${lock.thing}:app`,
      timestamp: expect.any(Number),
      eventType: 'connected',
      sessionIdentifier: expect.any(String),
      principalIdentifier: lock.thing,
      ipAddress: '127.0.0.1',
      versionNumber: expect.any(Number),
    });
    expect(Math.abs(came.body.timestamp - Date.now())).toBeLessThan(60_000);
    await wire.end();
    const went = await next();
    expect(went.topic).toBe(`$aws/events/presence/disconnected/${lock.thing}:app`);
    expect(went.body).toEqual({
      clientId: `${lock.thing}:app`,
      timestamp: expect.any(Number),
      eventType: 'disconnected',
      clientInitiatedDisconnect: expect.any(Boolean),
      disconnectReason: expect.any(String),
      sessionIdentifier: came.body.sessionIdentifier,
      principalIdentifier: lock.thing,
      versionNumber: came.body.versionNumber,
    });
    const again = await thing({ clientId: `${lock.thing}:app` });
    const back = await next();
    expect(back.body.versionNumber).toBeGreaterThan(came.body.versionNumber);
    expect(back.body.sessionIdentifier).not.toBe(came.body.sessionIdentifier);
    await again.end();
  });

  it('come once for each connection, also to who begins to follow late', async () => {
    const wire = await thing();
    await next();
    const late = await connectService(broker.plainUrl, factory);
    open.push(late);
    await late.subscribe('$aws/events/presence/+/+');
    expect((await late.next(isMine)).body.eventType).toBe('connected');
    await wire.end();
    expect((await late.next(isMine)).body.eventType).toBe('disconnected');
    expect(late.pending.filter(isMine)).toEqual([]);
  });

  it('are not for things to read or to say, and tell nothing of our services', async () => {
    const wire = await thing();
    expect(await wire.subscribe('$aws/events/presence/#')).toEqual([128]);
    const other = await connectService(broker.plainUrl, factory, 'somebody');
    await other.end();
    await next();
    await wire.end();
    expect((await next()).body.eventType).toBe('disconnected');
    expect(service.pending.filter(({ body }) => String(body.clientId).startsWith('svc:'))).toEqual([]);
  });
});

describe('the reason of a disconnect', () => {
  const reason = async (): Promise<{ reason: string; isClients: boolean }> => {
    const { body } = await service.next(
      (message) => isMine(message) && message.body.eventType === 'disconnected',
    );
    return { reason: body.disconnectReason, isClients: body.clientInitiatedDisconnect };
  };

  it('CLIENT_INITIATED_DISCONNECT: it said goodbye', async () => {
    const made = peer();
    await made.next();
    made.send({ cmd: 'disconnect' });
    expect(await reason()).toEqual({ reason: 'CLIENT_INITIATED_DISCONNECT', isClients: true });
  });

  it('CONNECTION_LOST: it went without a word, or its network broke', async () => {
    for (const how of ['end', 'reset'] as const) {
      const { hostname, port } = new URL(broker.plainUrl);
      const socket = connect(Number(port), hostname);
      const made = peerOver(socket);
      made.send(connectPacket({ id: lock.thing, apiKey: lock.mqtt.password }, { clientId: lock.thing }));
      await made.next();
      if (how === 'end') socket.end();
      else socket.resetAndDestroy();
      expect([how, await reason()]).toEqual([how, { reason: 'CONNECTION_LOST', isClients: false }]);
    }
  });

  it('MQTT_KEEP_ALIVE_TIMEOUT: it was silent for one and a half times its keep-alive', async () => {
    const made = peer({ keepalive: 1 });
    await made.next();
    expect(await reason()).toEqual({ reason: 'MQTT_KEEP_ALIVE_TIMEOUT', isClients: false });
    await made.closed;
  });

  it('DUPLICATE_CLIENTID: a newer connection took its place', async () => {
    const first = await thing();
    const came = await next();
    const second = await thing();
    open.push(second);
    await first.closed;
    const [one, two] = [await next(), await next()];
    const went = one.body.eventType === 'disconnected' ? one : two;
    const back = went === one ? two : one;
    expect(went.body).toMatchObject({
      disconnectReason: 'DUPLICATE_CLIENTID',
      clientInitiatedDisconnect: false,
      versionNumber: came.body.versionNumber,
    });
    expect(back.body).toMatchObject({ eventType: 'connected' });
    expect(back.body.versionNumber).toBeGreaterThan(came.body.versionNumber);
    expect(await second.subscribe(`$aws/things/${lock.thing}/shadow/#`)).toEqual([1]);
  });

  it('AUTH_ERROR: it published what it may not', async () => {
    const wire = await thing();
    wire.shout(`$aws/things/${lock.thing}/shadow/update/accepted`, {});
    await wire.closed;
    expect(await reason()).toEqual({ reason: 'AUTH_ERROR', isClients: false });
  });

  it('CLIENT_ERROR: it published too much, at QoS 2, or what is no MQTT', async () => {
    const topic = `$aws/things/${lock.thing}/shadow/get`;
    const wrongs = [
      [publishPacket(topic, Buffer.alloc(256 * 1024 + 1), 7)],
      [publishPacket(topic, '', 7, { qos: 2 })],
      [connectPacket({ id: lock.thing, apiKey: lock.mqtt.password }, { clientId: lock.thing })],
    ];
    for (const packets of wrongs) {
      const made = peer();
      await made.next();
      made.send(...packets);
      await made.closed;
      expect(await reason()).toEqual({ reason: 'CLIENT_ERROR', isClients: false });
    }
    const made = peer();
    await made.next();
    // A packet that says it is 256 MB long is refused before it is gathered.
    made.sendBytes(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]));
    await made.closed;
    expect(await reason()).toEqual({ reason: 'CLIENT_ERROR', isClients: false });
  });

  it('FORBIDDEN_ACCESS: its thing was revoked', async () => {
    const wire = await thing();
    await factory.deps.db.update(things).set({ revokedAt: new Date() }).where(eq(things.name, lock.thing));
    await wire.closed;
    expect(await reason()).toEqual({ reason: 'FORBIDDEN_ACCESS', isClients: false });
  });
});
