import { type IConnectPacket, type Packet, parser } from 'mqtt-packet';

/** The peer does not speak MQTT as it is written, or says too much at once. */
export class ProtocolError extends Error {
  override name = 'ProtocolError';
}

const lengthBytesMost = 4;

/** Bytes of the packet that begins at `from`, header included; undefined: not all of its length is there yet. */
function frameLength(bytes: Buffer, from: number): number | undefined {
  let length = 0;
  for (let index = 0; index < lengthBytesMost; index += 1) {
    const byte = bytes[from + 1 + index];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) << (7 * index);
    if ((byte & 0x80) === 0) return length + 2 + index;
  }
  throw new ProtocolError('a length of more than four bytes');
}

/** Cuts a stream of bytes into MQTT packets. One that says it is longer than `mostBytes` is refused before it is read. */
export class FrameCutter {
  #parts: Buffer[] = [];
  #size = 0;
  #wanted = 2;

  constructor(private readonly mostBytes: number) {}

  /** Bytes that no packet was cut from yet. */
  get rest(): Buffer {
    return Buffer.concat(this.#parts);
  }

  /** Takes bytes, gives the packets that are whole now, `most` of them; what follows those is not looked at. Raises ProtocolError. */
  push(chunk: Buffer, most = Number.POSITIVE_INFINITY): Buffer[] {
    this.#parts.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return [];
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts);
    const frames: Buffer[] = [];
    let at = 0;
    this.#wanted = 2;
    while (frames.length < most && bytes.length - at >= 2) {
      const length = frameLength(bytes, at);
      if (length === undefined) {
        this.#wanted = bytes.length - at + 1;
        break;
      }
      if (length > this.mostBytes) throw new ProtocolError('too long a packet');
      if (bytes.length - at < length) {
        this.#wanted = length;
        break;
      }
      frames.push(bytes.subarray(at, at + length));
      at += length;
    }
    this.#parts = at < bytes.length ? [bytes.subarray(at)] : [];
    this.#size = bytes.length - at;
    return frames;
  }
}

function makeDecoder(): (frame: Buffer) => Packet {
  const decoder = parser({ protocolVersion: 4 });
  let found: Packet | undefined;
  let failure: Error | undefined;
  const outcome = () => ({ found, failure });
  decoder.on('packet', (packet) => {
    found = packet;
  });
  decoder.on('error', (error: Error) => {
    failure = error;
  });
  return (frame) => {
    found = undefined;
    failure = undefined;
    decoder.parse(frame);
    const read = outcome();
    if (read.failure !== undefined || read.found === undefined)
      throw new ProtocolError(read.failure?.message ?? 'not a packet');
    return read.found;
  };
}

const connectHeader = 0x10;
let decodeNext = makeDecoder();

/** Reads one whole packet of MQTT 3.1.1 other than CONNECT, which comes once only. Raises ProtocolError. */
export function decode(frame: Buffer): Packet {
  if (frame[0] === connectHeader) throw new ProtocolError('CONNECT twice');
  try {
    return decodeNext(frame);
  } catch (error) {
    // mqtt-packet 9 reads the next packet wrong after one it could not read.
    decodeNext = makeDecoder();
    throw error;
  }
}

/** Reads the first packet of a connection. Raises ProtocolError. */
export function decodeConnect(frame: Buffer): IConnectPacket {
  // A decoder of its own: a CONNECT of another version changes how the next packets are read.
  const packet = makeDecoder()(frame);
  if (packet.cmd !== 'connect') throw new ProtocolError('something before CONNECT');
  return packet;
}
