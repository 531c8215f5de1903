import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { generate, type IConnectPacket } from 'mqtt-packet';
import { decodeConnect, FrameCutter, ProtocolError } from './frames';

/** Who takes a connection once it has said who it is. */
export interface Profiles {
  /** User name is a decimal number: a MODE device (mode-api 7). Bytes that came after its CONNECT are back in the stream. */
  device(stream: Duplex, connect: IConnectPacket, address: string | undefined): void;
  /** Everybody else, the CONNECT still to be read. */
  other(stream: Duplex, request: IncomingMessage | undefined): void;
}

const connectMostBytes = 64 * 1024;
const connectMostMs = 10_000;
const unacceptableVersion = 1;

export const isDeviceName = (userName: string | undefined): boolean => /^[1-9]\d{0,14}$/.test(userName ?? '');

/** Refuses a CONNECT with a code of MQTT 3.1.1 and ends the connection. */
export function refuseConnect(stream: Duplex, returnCode: number): void {
  stream.once('finish', () => stream.destroy());
  stream.end(generate({ cmd: 'connack', returnCode, sessionPresent: false }));
}

/** Reads the CONNECT of a new connection and hands it to the profile it is for. */
export function openFrontDoor(
  profiles: Profiles,
): (stream: Duplex, request: IncomingMessage | undefined, address: string | undefined) => void {
  return (stream, request, address) => {
    const cutter = new FrameCutter(connectMostBytes);
    const seen: Buffer[] = [];
    const timer = setTimeout(() => stream.destroy(), connectMostMs);
    const giveUp = () => {
      clearTimeout(timer);
      stream.off('readable', read);
    };

    function take(connect: IConnectPacket, rest: Buffer): void {
      if (!isDeviceName(connect.username)) {
        stream.unshift(Buffer.concat(seen));
        profiles.other(stream, request);
        return;
      }
      if (connect.protocolVersion !== 4) {
        refuseConnect(stream, unacceptableVersion);
        return;
      }
      if (rest.length > 0) stream.unshift(rest);
      profiles.device(stream, connect, address);
    }

    function read(): void {
      const chunk: Buffer | null = stream.read();
      if (chunk === null) return;
      seen.push(chunk);
      try {
        const [first, ...others] = cutter.push(chunk);
        if (first === undefined) return;
        giveUp();
        stream.off('close', giveUp);
        take(decodeConnect(first), Buffer.concat([...others, cutter.rest]));
      } catch (error) {
        giveUp();
        if (!(error instanceof ProtocolError)) throw error;
        // [MQTT-3.1.2-2]: a level that nobody here speaks is told so.
        if (error.message === 'Invalid protocol version') refuseConnect(stream, unacceptableVersion);
        else stream.destroy();
      }
    }
    stream.once('close', giveUp);
    stream.on('readable', read);
    read();
  };
}
