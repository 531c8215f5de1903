import { presenceTopic } from '../domain/topics';
import type { MqttConnection } from '../mqtt/client';
import type { Deps } from '../services/deps';
import { setReachable } from '../services/locks/set-reachable';

/** A reconnect within this time is no absence: AWS sends the two events in any order (device-shadow 8). */
const graceMs = 3_000;

/** Follows the presence events of the broker and tells the doors. */
export class Presence {
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  readonly #versions = new Map<string, number>();
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(
    private readonly deps: Deps,
    private readonly connection: MqttConnection,
  ) {}

  async start(): Promise<void> {
    this.#unsubscribe = await this.connection.subscribe(
      presenceTopic('connected', '+').replace('connected', '+'),
      ({ payload }) => {
        try {
          const event = JSON.parse(payload.toString()) as {
            clientId?: unknown;
            eventType?: unknown;
            versionNumber?: unknown;
          };
          if (typeof event.clientId === 'string')
            this.#take(event.clientId, event.eventType === 'connected', Number(event.versionNumber ?? 0));
        } catch {
          this.deps.log.warn('presence event could not be read');
        }
      },
    );
  }

  async stop(): Promise<void> {
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    await this.#unsubscribe?.();
  }

  #take(clientId: string, isConnected: boolean, version: number): void {
    if (version < (this.#versions.get(clientId) ?? 0)) return;
    this.#versions.set(clientId, version);
    clearTimeout(this.#leaving.get(clientId));
    this.#leaving.delete(clientId);
    // Client ids are `thing` or `thing:suffix` (model 4).
    const thing = clientId.split(':')[0] ?? clientId;
    const write = () =>
      setReachable(this.deps, thing, isConnected).catch((error: unknown) =>
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
