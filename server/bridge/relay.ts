import { markAnnounced, unannounced } from '../event-store/outbox';
import type { Deps } from '../services/deps';

const everyMs = 1_000;
const staleAfterMs = 3_000;
const batch = 500;
/** Looking for what was left behind walks over all homes: it may take this share of the time and no more. */
const lookShare = 0.02;
/** Past so many positions that wait for a gap to be filled they are forgotten; the table knows them. */
const beyondMost = 100_000;

/**
 * The outbox relay: listens to the bus, keeps how far it has carried each home's log, and announces again what a crash
 * left behind. Delivery is at least once; the position makes it once.
 */
export class Relay {
  #seen = new Map<number, Set<number>>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #unsubscribe: (() => Promise<void>) | undefined;
  #lookAt = 0;

  constructor(private readonly deps: Deps) {}

  async start(): Promise<void> {
    this.#unsubscribe = await this.deps.bus.onHomeEvent(({ homeId, position }) => {
      const positions = this.#seen.get(homeId);
      if (positions === undefined) this.#seen.set(homeId, new Set([position]));
      else positions.add(position);
    });
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#turn());
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#unsubscribe?.();
    await this.#running;
    await this.#turn();
  }

  async #turn(): Promise<void> {
    const seen = this.#seen;
    this.#seen = new Map();
    try {
      this.#keep(await markAnnounced(this.deps.db, seen));
      const startedAt = performance.now();
      if (startedAt < this.#lookAt) return;
      const left = await unannounced(this.deps.db, staleAfterMs, batch);
      const endedAt = performance.now();
      this.#lookAt = endedAt + (endedAt - startedAt) / lookShare - everyMs;
      if (left.length > 0) this.deps.bus.announce(left);
    } catch (error) {
      this.#keep(seen);
      this.deps.log.warn({ err: error }, 'outbox relay will try again');
    }
  }

  /** Brings positions again at the next turn. */
  #keep(waiting: ReadonlyMap<number, ReadonlySet<number>>): void {
    let count = 0;
    for (const [homeId, positions] of waiting) {
      count += positions.size;
      if (count > beyondMost) return;
      const known = this.#seen.get(homeId);
      if (known === undefined) this.#seen.set(homeId, new Set(positions));
      else for (const position of positions) known.add(position);
    }
  }
}
