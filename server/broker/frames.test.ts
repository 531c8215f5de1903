import { generate, type Packet } from 'mqtt-packet';
import { expect, it } from 'vitest';
import { decode, decodeConnect, FrameCutter, ProtocolError } from './frames';

const packets: Packet[] = [
  { cmd: 'pingreq' },
  ...[0, 1, 120, 128, 20_000].map(
    (size): Packet => ({
      cmd: 'publish',
      topic: '/devices/1/event',
      payload: Buffer.alloc(size, 'x'),
      qos: 1,
      dup: false,
      retain: false,
      messageId: size + 1,
    }),
  ),
  { cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: '/devices/1/command', qos: 1 }] },
];
const bytes = Buffer.concat(packets.map((packet) => generate(packet)));

it('cuts a stream into the same packets wherever the network has cut it', () => {
  for (const size of [1, 2, 3, 7, 64, 1_000, 16_384, bytes.length]) {
    const cutter = new FrameCutter(64 * 1024);
    const frames: Buffer[] = [];
    for (let at = 0; at < bytes.length; at += size)
      frames.push(...cutter.push(bytes.subarray(at, at + size)));
    expect(frames.map((frame) => decode(frame).cmd)).toEqual(packets.map(({ cmd }) => cmd));
    expect(Buffer.concat(frames).equals(bytes)).toBe(true);
    expect(cutter.rest).toHaveLength(0);
  }
});

it('keeps what is not whole yet', () => {
  const cutter = new FrameCutter(1_024);
  const ping = generate({ cmd: 'pingreq' });
  const whole = generate(packets[2] as Packet);
  expect(cutter.push(Buffer.concat([ping, whole.subarray(0, 5)]))).toHaveLength(1);
  expect(cutter.rest.equals(whole.subarray(0, 5))).toBe(true);
  expect(cutter.push(whole.subarray(5))[0]?.equals(whole)).toBe(true);
});

it('leaves what follows the packets that are asked for uncut, however long it says it is', () => {
  const cutter = new FrameCutter(1_024);
  const ping = generate({ cmd: 'pingreq' });
  const tooLong = Buffer.from([0x30, 0x81, 0x08]);
  expect(cutter.push(Buffer.concat([ping, tooLong]), 1)).toEqual([ping]);
  expect(cutter.rest.equals(tooLong)).toBe(true);
});

it('refuses a packet by its length before it has come, and lengths that are none', () => {
  expect(() => new FrameCutter(1_024).push(Buffer.from([0x30, 0x81, 0x08]))).toThrow(ProtocolError);
  expect(() => new FrameCutter(1_024).push(Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff]))).toThrow(
    ProtocolError,
  );
});

it('reads on after a packet that could not be read, which may have been another connection’s', () => {
  expect(() => decode(Buffer.from([0x82, 6, 0, 1, 0, 9, 1, 0]))).toThrow(ProtocolError);
  expect(() => decode(Buffer.from([0x10, 0]))).toThrow(ProtocolError);
  expect(() => decodeConnect(generate({ cmd: 'pingreq' }))).toThrow(ProtocolError);
  for (const packet of packets) expect(decode(generate(packet)).cmd).toBe(packet.cmd);
});
