import { presenceTopic } from '../domain/topics';
import type { MqttConnection } from '../mqtt/client';
import type { Deps } from '../services/deps';
import { markUnheard } from '../services/locks/mark-unheard';
import { setReachable } from '../services/locks/set-reachable';
import { Connections, type ConnectionTold, thingOfClient } from './connections';

/** A reconnect within this time is no absence: AWS sends the two events in any order (device-shadow 8). */
const graceMs = 3_000;
/** After this long with the broker whoever is there has been announced. */
const rollCallMs = 10_000;

/** Follows the presence events of the broker and tells the doors. */
export class Presence {
  /** Things whose last client has gone, until that counts. */
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  readonly #connections = new Connections();
  /** Things heard of since the broker was last reached; a broker that was away has told nobody who left meanwhile. */
  readonly #heard = new Set<string>();
  #sweep: NodeJS.Timeout | undefined;
  readonly #offs: (() => unknown)[] = [];

  constructor(
    private readonly deps: Deps,
    private readonly connection: MqttConnection,
    /** The broker announces everybody who is there to a new listener; only the embedded one does. */
    private readonly hasRollCall: boolean,
  ) {}

  async start(): Promise<void> {
    const off = await this.connection.subscribe(
      presenceTopic('connected', '+').replace('connected', '+'),
      ({ payload }) => {
        try {
          const event = JSON.parse(payload.toString()) as {
            clientId?: unknown;
            eventType?: unknown;
            versionNumber?: unknown;
            ipAddress?: unknown;
          };
          if (typeof event.clientId !== 'string') return;
          const { clientId, eventType, ipAddress } = event;
          this.#take({
            clientId,
            isConnected: eventType === 'connected',
            version: Number(event.versionNumber ?? 0),
            address: typeof ipAddress === 'string' ? ipAddress : undefined,
          });
        } catch {
          this.deps.log.warn('presence event could not be read');
        }
      },
    );
    this.#offs.push(off);
    if (!this.hasRollCall) return;
    // Announcements may come before the connect is told, so the list is emptied when the broker is lost.
    this.#offs.push(
      this.connection.onDisconnect(() => {
        this.#heard.clear();
        this.#connections.clear();
      }),
    );
    this.#offs.push(this.connection.onConnect(() => this.#callRoll()));
  }

  async stop(): Promise<void> {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    clearTimeout(this.#sweep);
    for (const off of this.#offs) await off();
  }

  #callRoll(): void {
    clearTimeout(this.#sweep);
    this.#sweep = setTimeout(() => {
      markUnheard(this.deps, this.#heard).catch((error: unknown) =>
        this.deps.log.warn({ err: error }, 'roll call could not be stored'),
      );
    }, rollCallMs);
  }

  #take(told: ConnectionTold): void {
    if (!this.#connections.take(told, this.deps.clock.now().getTime())) return;
    const thing = thingOfClient(told.clientId);
    clearTimeout(this.#leaving.get(thing));
    this.#leaving.delete(thing);
    if (this.#connections.isHere(thing)) {
      this.#heard.add(thing);
      this.#write(thing, true);
      return;
    }
    this.#leaving.set(
      thing,
      setTimeout(() => {
        this.#leaving.delete(thing);
        this.#write(thing, false);
      }, graceMs),
    );
  }

  #write(thing: string, isHere: boolean): void {
    setReachable(this.deps, thing, isHere, this.#connections.addressOf(thing)).catch((error: unknown) =>
      this.deps.log.warn({ err: error, thing }, 'presence could not be stored'),
    );
  }
}
