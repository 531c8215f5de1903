declare module 'aws-iot-device-sdk' {
  import type { EventEmitter } from 'node:events';

  export interface ThingShadowOptions {
    protocol?: 'mqtts' | 'wss';
    host: string;
    port: number;
    clientId: string;
    caPath?: string;
    caCert?: Buffer;
    clientCert?: Buffer;
    privateKey?: Buffer;
    region?: string;
    accessKeyId?: string;
    secretKey?: string;
    username?: string;
    password?: string;
    websocketOptions?: object;
    baseReconnectTimeMs?: number;
  }

  export interface RegisterOptions {
    ignoreDeltas?: boolean;
    persistentSubscribe?: boolean;
    enableVersioning?: boolean;
    qos?: 0 | 1;
  }

  export class ThingShadow extends EventEmitter {
    register(
      thing: string,
      options: RegisterOptions,
      done: (error?: unknown, failed?: unknown) => void,
    ): void;
    update(thing: string, document: object): string | null;
    get(thing: string): string | null;
    delete(thing: string): string | null;
    end(force: boolean, done: () => void): void;
  }

  const sdk: {
    thingShadow: new (options: ThingShadowOptions, extra?: { operationTimeout?: number }) => ThingShadow;
  };
  export default sdk;
}
