import { describe, expect, inject, it } from 'vitest';
import { commandTopic, deviceHome, eventTopic } from '@/server/testing/device-home';
import { ground } from '@/server/testing/ground';
import {
  connectDevice,
  connectPacket,
  endPeersAfterwards,
  openPeer,
  publishPacket,
} from '@/server/testing/mqtt-peer';
import { closeSocketsAfterwards } from '@/server/testing/web-socket';

const factory = ground();
const home = deviceHome(factory);
endPeersAfterwards();
closeSocketsAfterwards();
const mqttUrl = inject('mqttUrl');

describe('CONNECT of a device', () => {
  it('is refused with 4 for a wrong id or key, with 1 for another version, and the connection ends', async () => {
    const [device, other] = [await home.device(), await home.device()];
    const table: [string, Parameters<typeof connectPacket>, number][] = [
      ['a wrong key', [{ ...device, apiKey: 'v1.ZHwx.1.00' }], 4],
      ['the key of another device', [{ ...device, apiKey: other.apiKey }], 4],
      ['the token of a person', [{ ...device, apiKey: home.person.token }], 4],
      ['no key', [device, { password: Buffer.alloc(0) }], 4],
      ['no such device', [{ ...device, id: 900_000_000_000_001 }], 4],
      ['an id that is no number', [{ ...device, id: 'lamp' }], 4],
      ['an id with a leading zero', [{ ...device, id: `0${device.id}` }], 4],
      ['MQTT 3.1', [device, { protocolVersion: 3, protocolId: 'MQIsdp', clientId: 'x' }], 1],
      ['MQTT 5', [device, { protocolVersion: 5 }], 1],
    ];
    for (const [name, packet, returnCode] of table) {
      const peer = openPeer(mqttUrl);
      peer.send(connectPacket(...packet));
      expect({ name, answer: await peer.next() }).toMatchObject({
        name,
        answer: { cmd: 'connack', returnCode, sessionPresent: false },
      });
      await peer.closed;
    }
  });

  it('with a level that nobody speaks is told so; what is not MQTT is cut off', async () => {
    const device = await home.device();
    const peer = openPeer(mqttUrl);
    const bytes = Buffer.concat([
      Buffer.from([0x10, 12, 0, 4]),
      Buffer.from('MQTT'),
      Buffer.from([6, 2, 0, 60, 0, 0]),
    ]);
    peer.sendBytes(bytes);
    expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 1 });
    await peer.closed;
    for (const junk of [
      Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([0x30, 2, 0, 0]),
      Buffer.alloc(100),
    ]) {
      const one = openPeer(mqttUrl);
      one.sendBytes(junk);
      await one.closed;
    }
    (await connectDevice(mqttUrl, device)).end();
  });

  it('may come byte by byte, with a will, a client id, an unclean session and everything after it at once', async () => {
    const device = await home.device();
    const app = await home.listenAsApp();
    const peer = openPeer(mqttUrl);
    peer.send(
      connectPacket(device, {
        clientId: 'svc:bridge:1',
        clean: false,
        keepalive: 60,
        will: { topic: eventTopic(device), payload: '{"eventType":"will"}', qos: 1, retain: true },
      }),
      publishPacket(eventTopic(device), '{"eventType":"first"}', 7),
      { cmd: 'pingreq' },
    );
    expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 0, sessionPresent: false });
    const answers = (await peer.packets.take(2)).map(({ cmd }) => cmd);
    expect(answers.sort()).toEqual(['pingresp', 'puback']);
    expect(JSON.parse(await app.texts.next()).eventType).toBe('first');
    peer.end();
    const again = await connectDevice(mqttUrl, device, { clean: false, clientId: 'svc:bridge:1' });
    again.send(publishPacket(eventTopic(device), '{"eventType":"second"}'));
    expect(JSON.parse(await app.texts.next()).eventType).toBe('second');
    app.close();
  });
});

describe('events of a device', () => {
  it('reach the apps of its home with every outgoing field, digits as written, acknowledged in order', async () => {
    const device = await home.device();
    const app = await home.listenAsApp();
    const peer = await connectDevice(mqttUrl, device);
    const count = 40;
    peer.send(
      ...Array.from({ length: count }, (_, index) =>
        publishPacket(
          eventTopic(device),
          `{"eventType":"n","eventData":{"n":${index},"big":9007199254740993}}`,
          index + 1,
        ),
      ),
    );
    const ids = (await peer.packets.take(count)).map(({ cmd, messageId }) => `${cmd} ${messageId}`);
    expect(ids).toEqual(Array.from({ length: count }, (_, index) => `puback ${index + 1}`));
    const texts = await app.texts.take(count);
    for (const [index, text] of texts.entries()) {
      expect(text).toContain(`{"n":${index},"big":9007199254740993}`);
    }
    expect(JSON.parse(texts[0] ?? '')).toMatchObject({
      eventType: 'n',
      homeId: home.homeId,
      originDeviceId: device.id,
      originDeviceClass: 'smart_light',
      originDeviceIp: expect.any(String),
      timestamp: expect.stringMatching(/\.\d{3}Z$/),
    });
    app.close();
  });

  it('are acknowledged when they are none, and when they go where the device has nothing to say', async () => {
    const [device, other] = [await home.device(), await home.device()];
    const app = await home.listenAsApp();
    const homeless = await factory.device(home.person.user.projectId);
    const lonely = await connectDevice(mqttUrl, homeless);
    lonely.send(publishPacket(eventTopic(homeless), '{"eventType":"lost"}', 3));
    expect(await lonely.next()).toMatchObject({ cmd: 'puback', messageId: 3 });

    const peer = await connectDevice(mqttUrl, device);
    const good = '{"eventType":"good"}';
    const dropped: [string, string | Buffer][] = [
      [eventTopic(device), 'not json'],
      [eventTopic(device), ''],
      [eventTopic(device), '[]'],
      [eventTopic(device), '{"eventData":{}}'],
      [eventTopic(device), '{"eventType":"_own_"}'],
      [eventTopic(device), '{"eventType":"x","eventData":[1]}'],
      [eventTopic(device), '{"eventType":"nul","eventData":{"a":"\\u0000"}}'],
      [eventTopic(device), Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
      [eventTopic(device), `{"eventType":"deep","eventData":${'['.repeat(10_000)}`],
      [eventTopic(other), good],
      [commandTopic(device), good],
      [`/devices/${device.id}/bulkData/photo`, Buffer.from([0, 255])],
      [`/devices/${device.id}/data`, '{}'],
      ['latchkey/v1/revoke/device/1', '{"kind":"device","id":1}'],
      [`$aws/things/lock-1/shadow/update`, '{}'],
      ['/devices/+/event', good],
      ['#', good],
    ];
    peer.send(...dropped.map(([topic, payload], index) => publishPacket(topic, payload, index + 1)));
    peer.send(publishPacket(eventTopic(device), good, 100, { retain: true }));
    const ids = (await peer.packets.take(dropped.length + 1)).map(({ messageId }) => messageId);
    expect(ids).toEqual([...dropped.keys()].map((index) => index + 1).concat(100));
    const event = JSON.parse(await app.texts.next());
    expect(event).toMatchObject({ eventType: 'good', eventData: {}, originDeviceId: device.id });
    app.close();
  });

  it('are taken from a device that does not wait to be let in, also a long one', async () => {
    const device = await home.device();
    const peer = openPeer(mqttUrl);
    const long = `{"eventType":"reading","eventData":{"note":"${'x'.repeat(100 * 1024)}"}}`;
    peer.send(connectPacket(device), publishPacket(eventTopic(device), long, 1));
    expect(await peer.next()).toMatchObject({ cmd: 'connack', returnCode: 0 });
    expect(await peer.next()).toMatchObject({ cmd: 'puback', messageId: 1 });
  });

  it('end the connection at QoS 2, above 128 KiB, and above the rate of a device', async () => {
    const device = await home.device();
    const big = `{"eventType":"${'x'.repeat(128 * 1024)}"}`;
    for (const packet of [
      publishPacket(eventTopic(device), '{"eventType":"x"}', 1, { qos: 2 }),
      publishPacket(eventTopic(device), big, 1),
    ]) {
      const peer = await connectDevice(mqttUrl, device);
      peer.send(packet);
      await peer.closed;
      expect(peer.packets.size).toBe(0);
    }
    const peer = await connectDevice(mqttUrl, device);
    peer.sendBytes(Buffer.from([0x32, 0xff, 0xff, 0xff, 0x7f]));
    await peer.closed;
    const hasty = await connectDevice(mqttUrl, await home.device());
    const publish = (count: number, from: number) =>
      hasty.send(...Array.from({ length: count }, (_, index) => publishPacket('/nowhere', '', from + index)));
    publish(600, 1);
    expect(await hasty.packets.take(600)).toHaveLength(600);
    publish(400, 601);
    await hasty.closed;
  });
});
