import type { Client } from 'aedes';

/** Why a connection ended, in AWS's words (device-shadow 8). */
export type DisconnectReason =
  | 'AUTH_ERROR'
  | 'CLIENT_INITIATED_DISCONNECT'
  | 'CLIENT_ERROR'
  | 'CONNECTION_LOST'
  | 'DUPLICATE_CLIENTID'
  | 'FORBIDDEN_ACCESS'
  | 'MQTT_KEEP_ALIVE_TIMEOUT'
  | 'SERVER_INITIATED_DISCONNECT';

/** One connection of a thing, as its two events tell it. */
export interface PresentClient {
  clientId: string;
  thing: string;
  address: string | undefined;
  /** Shared by the connect and the disconnect event of one connection; a later connection has a higher one. */
  version: number;
}

/** Body of a presence event; `reason`: the client has gone. */
export function presenceEvent(
  { clientId, thing, address, version }: PresentClient,
  now: number,
  reason?: DisconnectReason,
): object {
  return {
    clientId,
    timestamp: now,
    eventType: reason === undefined ? 'connected' : 'disconnected',
    ...(reason === undefined
      ? {}
      : {
          clientInitiatedDisconnect: reason === 'CLIENT_INITIATED_DISCONNECT',
          disconnectReason: reason,
        }),
    sessionIdentifier: `${clientId}-${version}`,
    principalIdentifier: thing,
    ...(reason === undefined && address !== undefined ? { ipAddress: address.replace(/^::ffff:/, '') } : {}),
    versionNumber: version,
  };
}

/** Finds out why clients go: the first cause that is told counts, since an end has further ends in its wake. */
export class Departures {
  readonly #reasons = new WeakMap<Client, DisconnectReason>();
  /** Connections that were let in and are about to take the place of one with the same id. */
  readonly #arriving = new Map<string, Client>();

  /** Called when a client was let in, before the one it replaces is closed. */
  arrive(client: Client): void {
    this.#arriving.set(client.id, client);
    client.conn.once('close', () => this.#settle(client));
  }

  /** It has its place now. */
  arrived(client: Client): void {
    this.#settle(client);
  }

  because(client: Client, reason: DisconnectReason): void {
    if (!this.#reasons.has(client)) this.#reasons.set(client, reason);
  }

  /** An error of the network has a code; anything else is the client's. */
  failed(client: Client, error: Error): void {
    const isNetwork = typeof (error as NodeJS.ErrnoException).code === 'string';
    this.because(client, isNetwork ? 'CONNECTION_LOST' : 'CLIENT_ERROR');
  }

  reasonOf(client: Client, isStopping: boolean): DisconnectReason {
    const told = this.#reasons.get(client);
    if (told !== undefined) return told;
    // aedes notes a DISCONNECT there and tells nobody.
    if ((client as Client & { _disconnected?: boolean })._disconnected === true)
      return 'CLIENT_INITIATED_DISCONNECT';
    const successor = this.#arriving.get(client.id);
    if (successor !== undefined && successor !== client) return 'DUPLICATE_CLIENTID';
    return isStopping ? 'SERVER_INITIATED_DISCONNECT' : 'CONNECTION_LOST';
  }

  #settle(client: Client): void {
    if (this.#arriving.get(client.id) === client) this.#arriving.delete(client.id);
  }
}
