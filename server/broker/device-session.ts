import type { Duplex } from 'node:stream';
import { generate, type IPublishPacket, type IUnsubackPacket, type Packet } from 'mqtt-packet';
import { decode, FrameCutter, ProtocolError } from './frames';

/** What a connection of a device asks for; what becomes of it is not the protocol's affair. */
export interface SessionHandler {
  /** Settles when the message is safe or dropped; only then is it acknowledged. False, or a rejection, ends the connection. */
  publish(topic: string, payload: Buffer): Promise<boolean>;
  /** Whether the topic is granted, at QoS 0. */
  subscribe(topic: string): Promise<boolean>;
  /** The acknowledgement has left: from now on messages may follow. */
  subscribed(topics: readonly string[]): void;
  unsubscribe(topics: readonly string[]): void;
}

/** mode-api 11, row 19. */
const payloadMostBytes = 128 * 1024;
const frameMostBytes = payloadMostBytes + 1_024;
const topicsMost = 50;
/** Publishes of one connection that are being stored; past that its bytes wait in the network. */
const inFlightMost = 256;
/** Past this much unread a device is cut off: it never reads. */
const unreadMostBytes = 1024 * 1024;
const refusedTopic = 0x80;

/** One MQTT 3.1.1 connection of a device after its CONNECT (mode-api 7): QoS 0 and 1 in, QoS 0 out, no session kept. */
export class DeviceSession {
  readonly #cutter = new FrameCutter(frameMostBytes);
  /** Acknowledgements in the order of the publishes. */
  #acknowledged: Promise<unknown> = Promise.resolve();
  #inFlight = 0;
  #onRoom: (() => void) | undefined;
  #silence: NodeJS.Timeout | undefined;

  constructor(
    private readonly stream: Duplex,
    private readonly handler: SessionHandler,
  ) {}

  /** Accepts the connection. Resolves when it is over, whoever ended it; raises nothing. */
  async run(keepAliveSeconds: number): Promise<void> {
    this.#write({ cmd: 'connack', returnCode: 0, sessionPresent: false });
    if (keepAliveSeconds > 0) {
      this.#silence = setTimeout(() => this.#onSilence(), keepAliveSeconds * 1_500);
    }
    try {
      for await (const chunk of this.stream as AsyncIterable<Buffer>) {
        for (const frame of this.#cutter.push(chunk)) {
          this.#silence?.refresh();
          if (!(await this.#take(decode(frame)))) return;
        }
      }
    } catch {
      // A peer that breaks the protocol or the connection is gone either way.
    } finally {
      clearTimeout(this.#silence);
      this.#silence = undefined;
      this.end();
    }
  }

  end(): void {
    this.stream.destroy();
  }

  /** Sends a message at QoS 0. */
  publish(topic: string, payload: string): void {
    this.#write({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false });
    if (this.stream.writableLength > unreadMostBytes) this.end();
  }

  #write(packet: Packet): void {
    if (this.stream.writable) this.stream.write(generate(packet));
  }

  #onSilence(): void {
    // While we keep it waiting its bytes are not read, so silence proves nothing.
    if (this.#inFlight > 0) this.#silence?.refresh();
    else this.end();
  }

  /** False: the connection is over. */
  async #take(packet: Packet): Promise<boolean> {
    switch (packet.cmd) {
      case 'publish':
        return this.#takePublish(packet);
      case 'subscribe': {
        const topics = packet.subscriptions.map(({ topic }) => topic);
        if (topics.length === 0 || topics.length > topicsMost) return false;
        const isGranted: boolean[] = [];
        for (const topic of topics) isGranted.push(await this.handler.subscribe(topic));
        this.#write({
          cmd: 'suback',
          messageId: packet.messageId as number,
          granted: isGranted.map((is) => (is ? 0 : refusedTopic)),
        });
        this.handler.subscribed(topics.filter((_topic, index) => isGranted[index]));
        return true;
      }
      case 'unsubscribe':
        this.handler.unsubscribe(packet.unsubscriptions);
        // Reason codes, which the type asks for, are of version 5.
        this.#write({ cmd: 'unsuback', messageId: packet.messageId } as IUnsubackPacket);
        return true;
      case 'pingreq':
        this.#write({ cmd: 'pingresp' });
        return true;
      // DISCONNECT, and what only a server may send or only QoS 2 needs.
      default:
        return false;
    }
  }

  async #takePublish({ topic, payload, qos, messageId }: IPublishPacket): Promise<boolean> {
    if (qos === 2 || payload.length > payloadMostBytes) throw new ProtocolError('not taken from devices');
    this.#inFlight += 1;
    const stored = this.handler.publish(topic, payload as Buffer);
    // Told below, in its turn; until then a failure is no unhandled one.
    stored.catch(() => {});
    this.#acknowledged = this.#acknowledged.then(async () => {
      try {
        if (!(await stored)) this.end();
        else if (qos === 1) this.#write({ cmd: 'puback', messageId: messageId as number });
      } catch {
        this.end();
      } finally {
        this.#inFlight -= 1;
        this.#onRoom?.();
      }
    });
    if (this.#inFlight >= inFlightMost) {
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve;
      });
      this.#onRoom = undefined;
    }
    return true;
  }
}
