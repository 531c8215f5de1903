import { isDatabaseAway } from '../../db/errors';
import type { Deps } from '../deps';
import { type IncomingDeviceEvent, type StoredOutcome, storeDeviceEvents } from './store-device-events';

interface Waiting {
  event: IncomingDeviceEvent;
  settle(outcome: StoredOutcome): void;
  fail(error: unknown): void;
}
interface Gathering {
  waiting: Waiting[];
  isRunning: boolean;
}

const batchMost = 200;
/** Two at a time, so that one batch is read and answered while the other is committed; a device stays in its lane. */
const laneCount = 2;
/** By database handle, which is one a process. */
const lanesOf = new WeakMap<object, readonly Gathering[]>();

function laneFor({ db }: Deps, deviceId: number): Gathering {
  const lanes =
    lanesOf.get(db) ?? Array.from({ length: laneCount }, () => ({ waiting: [], isRunning: false }));
  lanesOf.set(db, lanes);
  return lanes[deviceId % laneCount] as Gathering;
}

async function commit(deps: Deps, batch: readonly Waiting[]): Promise<void> {
  try {
    const outcomes = await storeDeviceEvents(
      deps,
      batch.map(({ event }) => event),
    );
    for (const [index, { settle }] of batch.entries()) settle(outcomes[index] as StoredOutcome);
  } catch (error) {
    if (batch.length === 1 || isDatabaseAway(error)) {
      for (const { fail } of batch) fail(error);
      return;
    }
    // One event that cannot be stored must not take the others with it.
    for (const one of batch) await commit(deps, [one]);
  }
}

async function drain(deps: Deps, gathering: Gathering): Promise<void> {
  // Lets everything that has arrived with the first event join it.
  await new Promise((resolve) => setImmediate(resolve));
  while (gathering.waiting.length > 0) await commit(deps, gathering.waiting.splice(0, batchMost));
  gathering.isRunning = false;
}

/**
 * Stores an event together with those that other requests bring at the same time: while one batch is being committed
 * the next one gathers, so the cost of a commit is shared, nothing waits for a timer, and a device's order is kept.
 * Resolves after the commit; rejects when the database is away.
 */
export function gatherEvent(deps: Deps, event: IncomingDeviceEvent): Promise<StoredOutcome> {
  const gathering = laneFor(deps, event.deviceId);
  return new Promise((settle, fail) => {
    gathering.waiting.push({ event, settle, fail });
    if (gathering.isRunning) return;
    gathering.isRunning = true;
    void drain(deps, gathering);
  });
}
