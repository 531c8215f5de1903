import { presenceTopic } from '../domain/topics';
import type { MqttConnection } from '../mqtt/client';
import type { Deps } from '../services/deps';
import { markUnheard } from '../services/locks/mark-unheard';
import { setReachable } from '../services/locks/set-reachable';

/** A reconnect within this time is no absence: AWS sends the two events in any order (device-shadow 8). */
const graceMs = 3_000;
/** After this long with the broker whoever is there has been announced. */
const rollCallMs = 10_000;

/** Follows the presence events of the broker and tells the doors. */
export class Presence {
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  /** The newest connection of each client id, and whether its end was told. */
  readonly #versions = new Map<string, { version: number; hasEnded: boolean }>();
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
          const address = typeof ipAddress === 'string' ? ipAddress : undefined;
          this.#take(clientId, eventType === 'connected', Number(event.versionNumber ?? 0), address);
        } catch {
          this.deps.log.warn('presence event could not be read');
        }
      },
    );
    this.#offs.push(off);
    if (!this.hasRollCall) return;
    // Announcements may come before the connect is told, so the list is emptied when the broker is lost.
    this.#offs.push(this.connection.onDisconnect(() => this.#heard.clear()));
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

  #take(clientId: string, isConnected: boolean, version: number, address: string | undefined): void {
    const known = this.#versions.get(clientId);
    if (known !== undefined && version < known.version) return;
    // Connect and disconnect of one connection share the number: a connect that comes after its end is late.
    if (isConnected && version !== 0 && known?.version === version && known.hasEnded) return;
    this.#versions.set(clientId, { version, hasEnded: !isConnected });
    clearTimeout(this.#leaving.get(clientId));
    this.#leaving.delete(clientId);
    // Client ids are `thing` or `thing:suffix` (model 4).
    const thing = clientId.split(':')[0] ?? clientId;
    if (isConnected) this.#heard.add(thing);
    const write = () =>
      setReachable(this.deps, thing, isConnected, address).catch((error: unknown) =>
        this.deps.log.warn({ err: error, thing }, 'presence could not be stored'),
      );
    if (isConnected) void write();
    else
      this.#leaving.set(
        clientId,
        setTimeout(() => {
          this.#leaving.delete(clientId);
          void write();
        }, graceMs),
      );
  }
}
