import type { Duplex } from 'node:stream';
import { generate, type IConnectPacket } from 'mqtt-packet';
import type { Arrival, TakeConnection } from './arrival';
import { decodeConnect, FrameCutter, ProtocolError } from './frames';
import { limitPackets } from './limit-packets';

/** Who takes a connection once it has said who it is. */
export interface Profiles {
  /** User name is a decimal number: a MODE device (mode-api 7). Bytes that came after its CONNECT are back in the stream. */
  device(stream: Duplex, connect: IConnectPacket, arrival: Arrival): void;
  /** Everybody else, the CONNECT still to be read. */
  other(stream: Duplex, arrival: Arrival): void;
}

const connectMostBytes = 64 * 1024;
const connectMostMs = 10_000;
const unacceptableVersion = 1;
/** 256 KiB of payload (model 4) and its topic. */
const thingPacketMostBytes = 257 * 1024;
/** Our services carry lines of the bus, the largest of them a body of 1 MiB by HTTP as JSON in JSON. */
const servicePacketMostBytes = 8 * 1024 * 1024;

/** What it calls itself; whether that is so is found out by its password. */
const isService = ({ username }: IConnectPacket): boolean => username?.startsWith('svc:') === true;

export const isDeviceName = (userName: string | undefined): boolean => /^[1-9]\d{0,14}$/.test(userName ?? '');

/** Refuses a CONNECT with a code of MQTT 3.1.1 and ends the connection. */
export function refuseConnect(stream: Duplex, returnCode: number): void {
  stream.once('finish', () => stream.destroy());
  stream.end(generate({ cmd: 'connack', returnCode, sessionPresent: false }));
}

/** Reads the CONNECT of a new connection and hands it to the profile it is for. */
export function openFrontDoor(profiles: Profiles): TakeConnection {
  return (stream, arrival) => {
    const cutter = new FrameCutter(connectMostBytes);
    const seen: Buffer[] = [];
    const timer = setTimeout(() => stream.destroy(), connectMostMs);
    const giveUp = () => {
      clearTimeout(timer);
      stream.off('readable', read);
    };

    function take(connect: IConnectPacket, rest: Buffer): void {
      if (!isDeviceName(connect.username)) {
        limitPackets(stream, isService(connect) ? servicePacketMostBytes : thingPacketMostBytes);
        stream.unshift(Buffer.concat(seen));
        profiles.other(stream, arrival);
        return;
      }
      if (connect.protocolVersion !== 4) {
        refuseConnect(stream, unacceptableVersion);
        return;
      }
      if (rest.length > 0) stream.unshift(rest);
      profiles.device(stream, connect, arrival);
    }

    function read(): void {
      const chunk: Buffer | null = stream.read();
      if (chunk === null) return;
      seen.push(chunk);
      try {
        // What a client sends without waiting to be let in is for its profile to judge.
        const [first] = cutter.push(chunk, 1);
        if (first === undefined) return;
        giveUp();
        stream.off('close', giveUp);
        take(decodeConnect(first), cutter.rest);
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
