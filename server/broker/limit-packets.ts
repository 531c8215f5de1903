import type { Duplex } from 'node:stream';
import { ProtocolError } from './frames';

const lengthBytesMost = 4;

/** Follows where packets begin in a stream of MQTT, without keeping its bytes. */
export class PacketMeter {
  /** Bytes of the packet's body still to come; undefined: in the middle of a header. */
  #left: number | undefined;
  #isTypeRead = false;
  #lengthBytes = 0;
  #length = 0;

  constructor(private readonly mostBytes: number) {}

  /** Takes what came. Raises ProtocolError when a packet says that it is too long. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left !== undefined) {
        const taken = Math.min(this.#left, chunk.length - at);
        at += taken;
        this.#left -= taken;
        if (this.#left === 0) this.#left = undefined;
        continue;
      }
      const byte = chunk[at] as number;
      at += 1;
      if (!this.#isTypeRead) this.#isTypeRead = true;
      else this.#readLength(byte);
    }
  }

  #readLength(byte: number): void {
    this.#length += (byte & 0x7f) << (7 * this.#lengthBytes);
    this.#lengthBytes += 1;
    if ((byte & 0x80) !== 0) {
      if (this.#lengthBytes === lengthBytesMost) throw new ProtocolError('a length of more than four bytes');
      return;
    }
    if (this.#length > this.mostBytes) throw new ProtocolError('too long a packet');
    this.#left = this.#length === 0 ? undefined : this.#length;
    this.#isTypeRead = false;
    this.#lengthBytes = 0;
    this.#length = 0;
  }
}

/**
 * Ends a connection whose next packet says that it is longer than `mostBytes`, before it is gathered: aedes collects a
 * packet of any length before it asks whether it may be published. The reader is left as it is but for what it reads.
 */
export function limitPackets(stream: Duplex, mostBytes: number): void {
  const meter = new PacketMeter(mostBytes);
  const read = stream.read.bind(stream);
  stream.read = (size?: number) => {
    const chunk: unknown = read(size);
    if (!(chunk instanceof Buffer)) return chunk;
    try {
      meter.push(chunk);
      return chunk;
    } catch (error) {
      stream.destroy(error as ProtocolError);
      return null;
    }
  };
}
