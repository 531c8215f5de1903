import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { Deps } from '../deps';
import { EventBatches } from './event-batches';
import type { IncomingDeviceEvent, StoredOutcome } from './store-device-events';

const deps = { log: pino({ level: 'silent' }) } as unknown as Deps;
const event = (deviceId: number, payload = '{}'): IncomingDeviceEvent => ({ deviceId, payload });
const away = () => Object.assign(new Error('away'), { code: 'ECONNREFUSED' });

/** A store whose commits the test lets through one by one. */
function gatedStore() {
  const batches: { events: readonly IncomingDeviceEvent[]; commit(outcomes?: StoredOutcome[]): void }[] = [];
  let onBatch = () => {};
  const store = (_deps: unknown, events: readonly IncomingDeviceEvent[]) =>
    new Promise<StoredOutcome[]>((resolve) => {
      batches.push({ events, commit: (outcomes) => resolve(outcomes ?? events.map(() => 'stored')) });
      onBatch();
    });
  return {
    store,
    async next() {
      if (batches.length === 0) {
        await new Promise<void>((resolve) => {
          onBatch = resolve;
        });
      }
      return batches.shift() as (typeof batches)[number];
    },
  };
}

it('commits together what gathers while the batch before is being committed, in order', async () => {
  const { store, next } = gatedStore();
  const events = new EventBatches(deps, { store, lanes: 1 });
  const first = [1, 2].map((id) => events.put(event(id)));
  const one = await next();
  expect(one.events.map(({ deviceId }) => deviceId)).toEqual([1, 2]);
  const second = [3, 1, 4].map((id) => events.put(event(id)));
  one.commit(['stored', 'invalid']);
  expect(await Promise.all(first)).toEqual(['stored', 'invalid']);
  const two = await next();
  expect(two.events.map(({ deviceId }) => deviceId)).toEqual([3, 1, 4]);
  two.commit();
  expect(await Promise.all(second)).toEqual(['stored', 'stored', 'stored']);
  await events.idle();
  // One that comes right when everything is done starts anew.
  const late = events.put(event(9));
  (await next()).commit();
  expect(await late).toBe('stored');
});

it('tries again while the database is away, for as long as it was told to', async () => {
  let tries = 0;
  const store = async (_deps: unknown, list: readonly IncomingDeviceEvent[]) => {
    tries += 1;
    if (tries < 3) throw away();
    return list.map(() => 'stored' as const);
  };
  const events = new EventBatches(deps, { store, patienceMs: 10_000 });
  expect(await events.put(event(1))).toBe('stored');
  expect(tries).toBe(3);
  tries = 0;
  await expect(new EventBatches(deps, { store }).put(event(1))).rejects.toThrow('away');
  expect(tries).toBe(1);
});

it('keeps an event that cannot be stored from taking the others with it', async () => {
  const store = async (_deps: unknown, list: readonly IncomingDeviceEvent[]) => {
    if (list.some(({ payload }) => payload === 'poison')) throw new Error('cannot be stored');
    return list.map(() => 'stored' as const);
  };
  const events = new EventBatches(deps, { store });
  const put = ['{}', 'poison', '{}'].map((payload, index) => events.put(event(index + 1, payload)));
  const outcomes = await Promise.allSettled(put);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
