import { setTimeout as delay } from 'node:timers/promises';
import { Companions } from '../../db/companions';
import { isDatabaseAway } from '../../db/errors';
import type { Deps } from '../deps';
import { type IncomingDeviceEvent, type StoredOutcome, storeDeviceEvents } from './store-device-events';

interface Waiting {
  event: IncomingDeviceEvent;
  settle(stored: StoredOutcome): void;
  fail(error: unknown): void;
}

export interface EventBatchesSettings {
  /** How long an event may wait for a database that is away; 0 by default: whoever asks is told at once. */
  patienceMs?: number;
  lanes?: number;
  /** For tests. */
  store?: typeof storeDeviceEvents;
}

const batchMost = 500;
const pauseMs = 250;

/**
 * Stores events of many connections together: while one batch is being committed the next one gathers, so the cost of
 * a commit is shared. With several lanes one is read and answered while another is being committed; a device stays in
 * its lane, which keeps the order of what it tells.
 */
export class EventBatches {
  readonly #lanes: readonly Lane[];

  constructor(
    deps: Deps,
    { patienceMs = 0, lanes = 2, store = storeDeviceEvents }: EventBatchesSettings = {},
  ) {
    this.#lanes = Array.from({ length: lanes }, () => new Lane(deps, store, patienceMs));
  }

  /** Resolves when the event is committed, or is known to be none. Rejects when it could not be stored. */
  put(event: IncomingDeviceEvent): Promise<StoredOutcome> {
    return (this.#lanes[event.deviceId % this.#lanes.length] as Lane).put(event);
  }

  /** Resolves when nothing is left to store. */
  async idle(): Promise<void> {
    for (const lane of this.#lanes) await lane.idle();
  }
}

/** Batches of this process, by its database handle. */
const shared = new WeakMap<object, EventBatches>();

/** The batches that requests of this process share. */
export function sharedEventBatches(deps: Deps): EventBatches {
  let batches = shared.get(deps.db);
  if (batches === undefined) {
    batches = new EventBatches(deps);
    shared.set(deps.db, batches);
  }
  return batches;
}

class Lane {
  #waiting: Waiting[] = [];
  readonly #companions = new Companions();
  #running: Promise<void> | undefined;

  constructor(
    private readonly deps: Deps,
    private readonly store: typeof storeDeviceEvents,
    private readonly patienceMs: number,
  ) {}

  put(event: IncomingDeviceEvent): Promise<StoredOutcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ event, settle: resolve, fail: reject });
      this.#companions.came(this.#waiting.length);
      this.#running ??= this.#drain();
    });
  }

  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#companions.wait(this.#waiting.length);
      const batch = this.#waiting.splice(0, batchMost);
      this.#companions.went(batch.length);
      await this.#commit(batch);
    }
    // In the same breath as the look at what is waiting, or an event could come in between and wait for ever.
    this.#running = undefined;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const stored = await this.#tryFor(batch.map(({ event }) => event));
      for (const [index, { settle }] of batch.entries()) settle(stored[index] as StoredOutcome);
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

  async #tryFor(events: readonly IncomingDeviceEvent[]): Promise<readonly StoredOutcome[]> {
    const giveUpAt = performance.now() + this.patienceMs;
    for (;;) {
      try {
        return await this.store(this.deps, events);
      } catch (error) {
        if (!isDatabaseAway(error) || performance.now() >= giveUpAt) throw error;
        await delay(pauseMs);
      }
    }
  }
}
