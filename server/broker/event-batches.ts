import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseAway } from '../db/errors';
import type { Deps } from '../services/deps';
import { storeDeviceEvents } from '../services/events/store-device-events';

type Incoming = Parameters<typeof storeDeviceEvents>[1][number];
/** What became of an event. */
export type Stored = Awaited<ReturnType<typeof storeDeviceEvents>>[number];

interface Waiting {
  event: Incoming;
  settle(stored: Stored): void;
  fail(error: unknown): void;
}

const batchMost = 500;
/** A device waits 15 s for its PUBACK (mode-api 7); one that cannot be given in time is better not given. */
const patienceMs = 10_000;
const pauseMs = 250;

/**
 * Stores events of many connections together: while one batch is being committed the next one gathers, so the cost of
 * a commit is shared and no event waits for a timer. Two lanes, so that one is read and answered while the other is
 * being committed; a device stays in its lane, which keeps the order of what it tells.
 */
export class EventBatches {
  readonly #lanes: readonly Lane[];

  constructor(deps: Deps, store: typeof storeDeviceEvents = storeDeviceEvents, lanes = 2) {
    this.#lanes = Array.from({ length: lanes }, () => new Lane(deps, store));
  }

  /** Resolves when the event is committed, or is known to be none. Rejects when it could not be stored. */
  put(event: Incoming): Promise<Stored> {
    return (this.#lanes[event.deviceId % this.#lanes.length] as Lane).put(event);
  }

  /** Resolves when nothing is left to store. */
  async idle(): Promise<void> {
    for (const lane of this.#lanes) await lane.idle();
  }
}

class Lane {
  #waiting: Waiting[] = [];
  #running: Promise<void> | undefined;

  constructor(
    private readonly deps: Deps,
    private readonly store: typeof storeDeviceEvents,
  ) {}

  put(event: Incoming): Promise<Stored> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, settle: resolve, fail: reject });
      this.#running ??= this.#drain();
    });
  }

  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    // Lets everything that has arrived with the first event join it.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, batchMost));
    // In the same breath as the look at what is waiting, or an event could come in between and wait for ever.
    this.#running = undefined;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const stored = await this.#tryFor(batch.map(({ event }) => event));
      for (const [index, { settle }] of batch.entries()) settle(stored[index] as Stored);
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1 || isDatabaseAway(error)) {
        this.deps.log.warn({ err: error, deviceId: only?.event.deviceId }, 'device events were not stored');
        for (const { fail } of batch) fail(error);
        return;
      }
      // One event that cannot be stored must not take the others with it.
      for (const one of batch) await this.#commit([one]);
    }
  }

  async #tryFor(events: readonly Incoming[]): Promise<readonly Stored[]> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        return await this.store(this.deps, events);
      } catch (error) {
        if (!isDatabaseAway(error) || performance.now() > giveUpAt) throw error;
        await delay(pauseMs);
      }
    }
  }
}
