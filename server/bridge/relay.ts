import { type HomeEvent, markAnnounced, unannounced } from '../event-store/outbox';
import type { Deps } from '../services/deps';

const markEveryMs = 1_000;
const staleAfterMs = 3_000;
const batch = 500;

/**
 * The outbox relay: listens to the bus, marks what it has carried, and announces again what a crash left behind.
 * Delivery is at least once; the position makes it once.
 */
export class Relay {
  #seen: { homeId: number; position: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #unsubscribe: (() => Promise<void>) | undefined;

  constructor(private readonly deps: Deps) {}

  async start(): Promise<void> {
    this.#unsubscribe = await this.deps.bus.onHomeEvent(({ homeId, position }: HomeEvent) => {
      this.#seen.push({ homeId, position });
    });
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#turn());
    }, markEveryMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#unsubscribe?.();
    await this.#running;
    await this.#turn();
  }

  async #turn(): Promise<void> {
    const seen = this.#seen.splice(0);
    try {
      for (let from = 0; from < seen.length; from += batch) {
        await markAnnounced(this.deps.db, seen.slice(from, from + batch));
      }
      const left = await unannounced(this.deps.db, staleAfterMs, batch);
      if (left.length > 0) this.deps.bus.announce(left);
    } catch (error) {
      this.#seen.unshift(...seen.slice(0, 10_000));
      this.deps.log.warn({ err: error }, 'outbox relay will try again');
    }
  }
}
