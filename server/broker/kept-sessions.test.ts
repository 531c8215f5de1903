import type { Readable } from 'node:stream';
import type { Client } from 'aedes';
import { expect, it } from 'vitest';
import { KeptSessions } from './kept-sessions';

const limits = { messagesMost: 3, bytesMost: 100, sessionsMost: 2, awayMostMs: 1_000 };
const message = (n: number, bytes = 1) => ({
  cmd: 'publish' as const,
  brokerId: 'broker',
  brokerCounter: n,
  topic: '$aws/things/lock-1/shadow/update/delta',
  payload: Buffer.alloc(bytes, n),
  qos: 1 as const,
  retain: false,
  dup: false,
});
const numbers = async (stream: Readable) => {
  const found: number[] = [];
  for await (const { brokerCounter } of stream) found.push(brokerCounter);
  return found;
};
const subscribe = async (kept: KeptSessions, id: string, topic = 'topic') => {
  await kept.store.addSubscriptions({ id } as Client, [{ topic, qos: 1 }]);
};
const put = (kept: KeptSessions, id: string, n: number, bytes?: number) =>
  kept.store.outgoingEnqueueCombi([{ clientId: id }], message(n, bytes));
const waiting = (kept: KeptSessions, id: string) => numbers(kept.store.outgoingStream({ id }));

it('holds so many messages and so many bytes, the newest', async () => {
  const kept = new KeptSessions(() => true, limits);
  for (const n of [1, 2, 3, 4]) await put(kept, 'a', n);
  expect(await waiting(kept, 'a')).toEqual([2, 3, 4]);
  await put(kept, 'a', 5, 98);
  expect(await waiting(kept, 'a')).toEqual([3, 4, 5]);
  await put(kept, 'a', 6, 99);
  expect(await waiting(kept, 'a')).toEqual([6]);
});

it('lets go of what is acknowledged, and of nothing else', async () => {
  const kept = new KeptSessions(() => true, limits);
  for (const n of [1, 2]) await put(kept, 'a', n);
  await kept.store.outgoingUpdate({ id: 'a' }, { ...message(2), messageId: 77 });
  await kept.store.outgoingClearMessageId({ id: 'a' }, {});
  await kept.store.outgoingClearMessageId({ id: 'b' }, { messageId: 77 });
  expect(await waiting(kept, 'a')).toEqual([1, 2]);
  await kept.store.outgoingClearMessageId({ id: 'a' }, { messageId: 77 });
  expect(await waiting(kept, 'a')).toEqual([1]);
});

it('sends a message that had to give way without keeping it', async () => {
  const kept = new KeptSessions(() => true, limits);
  await expect(
    kept.store.outgoingUpdate({ id: 'a' }, { ...message(9), messageId: 5 }),
  ).resolves.toBeUndefined();
  expect(await waiting(kept, 'a')).toEqual([]);
});

it('forgets who is away too long, and the one that is away longest when a thing leaves too many', async () => {
  const kept = new KeptSessions(() => true, limits);
  for (const id of ['a', 'b', 'c']) {
    await subscribe(kept, id);
    await put(kept, id, 1);
  }
  await kept.left('a', 'lock-1', 0);
  await kept.left('b', 'lock-1', 500);
  await kept.left('c', 'lock-2', 600);
  await kept.sweep(1_000);
  expect(await waiting(kept, 'a')).toEqual([1]);
  await kept.sweep(1_001);
  expect(await waiting(kept, 'a')).toEqual([]);
  kept.came('b');
  await kept.sweep(9_000);
  expect([await waiting(kept, 'b'), await waiting(kept, 'c')]).toEqual([[1], []]);
  for (const [at, id] of ['b', 'd', 'e'].entries()) {
    await put(kept, id, 2);
    await kept.left(id, 'lock-1', 10_000 + at);
  }
  expect([await waiting(kept, 'b'), await waiting(kept, 'd'), await waiting(kept, 'e')]).toEqual([
    [],
    [2],
    [2],
  ]);
});

it('keeps the subscriptions that were granted', async () => {
  const kept = new KeptSessions((_client, topic) => topic === 'mine', limits);
  await subscribe(kept, 'a', 'mine');
  await subscribe(kept, 'a', 'theirs');
  const store = kept.store as unknown as {
    subscriptionsByTopic(topic: string): Promise<{ clientId: string }[]>;
  };
  expect(await store.subscriptionsByTopic('mine')).toMatchObject([{ clientId: 'a' }]);
  expect(await store.subscriptionsByTopic('theirs')).toEqual([]);
});
