import { connect } from 'node:net';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { WebSocket } from 'ws';
import { ground } from '@/server/testing/ground';
import { connectService, connectThing } from '@/server/testing/mqtt-wire';
import { sendRaw, statusOf } from '@/server/testing/raw-http';

const factory = ground();
const mqttUrl = inject('mqttUrl');
const httpUrl = mqttUrl.replace('mqtt:', 'http:');
const webSocketUrl = mqttUrl.replace('mqtt:', 'ws:');
let lock: Awaited<ReturnType<typeof factory.lock>>;
beforeAll(async () => {
  lock = await factory.lock((await factory.home(await factory.person((await factory.project()).id))).id);
});

const text = (value: string) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};
/** A CONNECT packet by hand, as 3.1 (`MQIsdp`, level 3) or 3.1.1. */
function connectPacket(clientId: string, userName: string, password: string, isOld = false): Buffer {
  const body = Buffer.concat([
    text(isOld ? 'MQIsdp' : 'MQTT'),
    Buffer.from([isOld ? 3 : 4, 0b1100_0010, 0, 60]),
    text(clientId),
    text(userName),
    text(password),
  ]);
  const length =
    body.length < 128 ? [body.length] : [(body.length % 128) | 0x80, Math.floor(body.length / 128)];
  return Buffer.concat([Buffer.from([0x10, ...length]), body]);
}

describe('MQTT over WebSocket', () => {
  const ways = ['/mqtt', '/', '/mqtt?x-amz=1'].flatMap((path) =>
    [['mqtt'], ['mqttv3.1'], [], ['other', 'mqtt']].map((protocols) => ({ path, protocols })),
  );

  it.each(ways)('on $path with subprotocols $protocols answers a CONNECT', async ({ path, protocols }) => {
    const socket = new WebSocket(`${webSocketUrl}${path}`, protocols, { perMessageDeflate: false });
    // A packet may come in as many frames as it likes (MQTT 6).
    const connack = new Promise<number[]>((resolve, reject) => {
      const bytes: number[] = [];
      socket.on('message', (data) => {
        bytes.push(...(data as Buffer));
        if (bytes.length >= 4) resolve(bytes);
      });
      socket.once('error', reject);
      socket.once('close', () => resolve(bytes));
    });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    expect(socket.protocol).toBe(protocols.find((name) => name.startsWith('mqtt')) ?? '');
    const clientId = `${lock.thing}:ws`;
    socket.send(connectPacket(clientId, lock.thing, lock.mqtt.password, protocols.includes('mqttv3.1')));
    expect(await connack).toEqual([0x20, 2, 0, 0]);
    socket.terminate();
  });

  it('serves an ordinary client', async () => {
    const wire = await connectThing(`${webSocketUrl}/mqtt`, lock);
    const service = await connectService(mqttUrl, factory);
    const topic = `$aws/things/${lock.thing}/shadow/name/socket/get/accepted`;
    expect(await wire.subscribe(topic)).toEqual([1]);
    await service.publish(topic, { n: 1, filled: 'x'.repeat(100_000) });
    expect((await wire.next()).body.n).toBe(1);
    await Promise.all([wire.end(), service.end()]);
  });

  it('is offered nowhere else', async () => {
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    expect(statusOf(await sendRaw(httpUrl, ['GET /other HTTP/1.1', ...upgrade]))).toBe(404);
    expect(statusOf(await sendRaw(httpUrl, ['GET /mqtt HTTP/1.1']))).toBe(426);
  });
});

describe('a port that is sent nonsense', () => {
  it.each([
    ['bytes that are no packet', Buffer.from([0x00, 0x01, 0x02, 0xff, 0xff, 0xff, 0xff, 0xff])],
    ['a packet before CONNECT', Buffer.from([0xc0, 0x00])],
    [
      'a protocol of the future',
      Buffer.concat([Buffer.from([0x10, 14]), text('MQTT'), Buffer.from([9, 2, 0, 60]), text('abcd')]),
    ],
  ])('hangs up on %s', async (_title, bytes) => {
    const { hostname, port } = new URL(mqttUrl);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write(bytes));
      socket.on('error', () => {});
      socket.on('data', () => {});
      socket.on('close', () => resolve());
    });
    const wire = await connectThing(mqttUrl, lock);
    await wire.end();
  });
});
