import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate, type IConnectPacket, type Packet, parser } from 'mqtt-packet';
import { afterAll } from 'vitest';
import { Inbox } from './inbox';

/** The other end of an MQTT connection, packet by packet, for tests where their order counts. */
export interface MqttPeer {
  readonly packets: Inbox<Packet>;
  readonly closed: Promise<void>;
  /** In one write, so that they arrive together. */
  send(...packets: Packet[]): void;
  sendBytes(bytes: Buffer): void;
  next(): Promise<Packet>;
  end(): void;
}

const open = new Set<Duplex>();

/** Speaks MQTT over a stream that is open already. */
export function peerOver(stream: Duplex): MqttPeer {
  open.add(stream);
  const packets = new Inbox<Packet>();
  const reader = parser({ protocolVersion: 4 });
  reader.on('packet', (packet) => packets.put(packet));
  stream.on('data', (chunk: Buffer) => reader.parse(chunk));
  stream.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    stream.on('close', () => {
      open.delete(stream);
      resolve();
    });
  });
  return {
    packets,
    closed,
    send: (...list) => void stream.write(Buffer.concat(list.map((packet) => generate(packet)))),
    sendBytes: (bytes) => void stream.write(bytes),
    next: () => packets.next(),
    end: () => void stream.destroy(),
  };
}

export function openPeer(mqttUrl: string): MqttPeer {
  const { hostname, port } = new URL(mqttUrl);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  return peerOver(socket);
}

/** CONNECT as the Go SDK sends it: empty client id, clean, no keep-alive. */
export const connectPacket = (
  device: { id: number | string; apiKey: string },
  rest: Partial<IConnectPacket> = {},
): IConnectPacket => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clientId: '',
  clean: true,
  keepalive: 0,
  username: String(device.id),
  password: Buffer.from(device.apiKey),
  ...rest,
});

/** A device that is let in. */
export async function connectDevice(
  mqttUrl: string,
  device: { id: number; apiKey: string },
  rest: Partial<IConnectPacket> = {},
): Promise<MqttPeer> {
  const peer = openPeer(mqttUrl);
  peer.send(connectPacket(device, rest));
  const answer = await peer.next();
  if (answer.cmd !== 'connack' || answer.returnCode !== 0 || answer.sessionPresent)
    throw new Error(`not let in: ${JSON.stringify(answer)}`);
  return peer;
}

/** SUBSCRIBE to topics, each at the QoS given. */
export const subscribePacket = (topics: readonly string[], qos: 0 | 1 | 2 = 0, messageId = 1): Packet => ({
  cmd: 'subscribe',
  messageId,
  subscriptions: topics.map((topic) => ({ topic, qos })),
});

export const publishPacket = (
  topic: string,
  payload: string | Buffer,
  messageId?: number,
  rest: object = {},
): Packet => ({
  cmd: 'publish',
  topic,
  payload,
  qos: messageId === undefined ? 0 : 1,
  dup: false,
  retain: false,
  ...(messageId === undefined ? {} : { messageId }),
  ...rest,
});

/** Ends what the tests of a file have left open. */
export function endPeersAfterwards(): void {
  afterAll(() => {
    for (const stream of open) stream.destroy();
  });
}
