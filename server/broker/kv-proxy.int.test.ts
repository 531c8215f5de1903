import { describe, expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { deviceHome, kvTopic, nextMessage } from '@/server/testing/device-home';
import { ground } from '@/server/testing/ground';
import {
  connectDevice,
  endPeersAfterwards,
  publishPacket,
  subscribePacket,
} from '@/server/testing/mqtt-peer';
import { joinBus } from '@/server/testing/told';
import { closeSocketsAfterwards } from '@/server/testing/web-socket';

const factory = ground();
const home = deviceHome(factory);
endPeersAfterwards();
closeSocketsAfterwards();
const [url, mqttUrl] = [inject('url'), inject('mqttUrl')];

describe('key-value data of a device', () => {
  const put = (deviceId: number, key: string, value: string) =>
    send(url, 'PUT', `/devices/${deviceId}/kv/${key}`, {
      token: home.person.token,
      headers: { 'content-type': 'application/json' },
      body: `{"value":${value}}`,
    });

  it('is told whole, then change by change, without the own ones', async () => {
    const device = await home.device();
    expect((await put(device.id, 'a', '9007199254740993')).status).toBe(204);
    const [peer, second] = [await connectDevice(mqttUrl, device), await connectDevice(mqttUrl, device)];
    for (const one of [peer, second]) {
      one.send(subscribePacket([kvTopic(device)]));
      expect((await one.next()).cmd).toBe('suback');
      const { text } = await nextMessage(one);
      expect(text).toMatch(
        /^\{"action":"reload","rev":1,"numItems":1,"items":\[\{"key":"a","value":9007199254740993,"modificationTime":"[^"]+"\}\]\}$/,
      );
    }
    await put(device.id, 'b', '{"x":[1.0]}');
    for (const one of [peer, second]) {
      expect((await nextMessage(one)).text).toBe('{"action":"set","rev":2,"key":"b","value":{"x":[1.0]}}');
    }
    // The Go SDK of version 2 adds fields that say nothing.
    peer.send(
      publishPacket(
        kvTopic(device),
        '{"action":"set","rev":0,"numItems":0,"items":null,"key":"c","value":1e400}',
        1,
      ),
      publishPacket(kvTopic(device), '{"action":"delete","key":"a"}', 2),
      publishPacket(kvTopic(device), '{"action":"delete","key":"never"}', 3),
      publishPacket(kvTopic(device), '{"action":"set","key":"-bad-","value":1}', 4),
      publishPacket(kvTopic(device), 'nothing', 5),
    );
    const ids = (await peer.packets.take(5)).map(({ cmd, messageId }) => `${cmd} ${messageId}`);
    expect(ids).toEqual(['puback 1', 'puback 2', 'puback 3', 'puback 4', 'puback 5']);
    expect((await nextMessage(second)).text).toBe('{"action":"set","rev":3,"key":"c","value":1e400}');
    expect((await nextMessage(second)).text).toBe('{"action":"delete","rev":4,"key":"a"}');
    await put(device.id, 'd', 'true');
    for (const one of [peer, second]) {
      expect((await nextMessage(one)).text).toBe('{"action":"set","rev":5,"key":"d","value":true}');
    }
  });

  it('is told whole again when a change was missed on the way', async () => {
    const device = await home.device();
    const peer = await connectDevice(mqttUrl, device);
    peer.send(subscribePacket([kvTopic(device)]));
    await peer.packets.take(2);
    await put(device.id, 'a', '1');
    expect((await nextMessage(peer)).text).toContain('"rev":1');
    const { bus, end } = await joinBus();
    const tell = (body: string) => bus.tellDevice({ deviceId: device.id, channel: 'kv', body });
    tell('{"action":"set","rev":1,"key":"a","value":"told twice"}');
    tell('{"action":"set","rev":7,"key":"g","value":"out of turn"}');
    expect((await nextMessage(peer)).text).toContain('{"action":"reload","rev":1,"numItems":1,');
    await end();
  });
});
