import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homeEvents, homes } from '@/drizzle/schema';
import { isDuplicate } from '@/server/db/errors';
import { ground } from '@/server/testing/ground';
import { random } from '@/server/testing/permission-world';
import { until } from '@/server/testing/until';
import { appendEvent } from './append';
import { loadEvents } from './load';
import { currentPosition, markAnnounced, readHomeEvents, record, unannounced } from './outbox';

const factory = ground();
const { db } = factory.deps;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('the history of an aggregate', () => {
  const event = (aggregateId: string, version: number) => ({
    aggregateType: 'lock' as const,
    aggregateId,
    version,
    type: 'Tested',
    data: { n: version, text: 'ø' },
    orgId: null,
    at: new Date('2026-03-01T12:00:00.123Z'),
  });

  it('is read newest first, a page at a time, as it was written', async () => {
    const id = randomUUID();
    for (const version of range(1, 5)) await appendEvent(db, event(id, version));
    const page = await loadEvents(db, 'lock', id, { limit: 2, offset: 1 });
    expect(page.map(({ version }) => version)).toEqual([4, 3]);
    expect(page[0]).toMatchObject({
      type: 'Tested',
      data: { n: 4, text: 'ø' },
      createdAt: new Date('2026-03-01T12:00:00.123Z'),
    });
    expect(await loadEvents(db, 'hub', id, { limit: 2, offset: 0 })).toEqual([]);
  });

  it('takes one of two writers of the same version', async () => {
    const id = randomUUID();
    const outcomes = await Promise.allSettled(range(1, 8).map(() => appendEvent(db, event(id, 1))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(isDuplicate(outcome.reason)).toBe(true);
  });
});

describe('the log of a home', () => {
  let homeId: number;
  beforeEach(async () => {
    homeId = (await factory.home(await factory.person((await factory.project()).id))).id;
  });
  const write = (n: number) => db.transaction((tx) => record(tx, homeId, 'event', { n }));
  /** Writes a line in a transaction that stays open until it is told to commit. */
  async function writeUncommitted(n: number): Promise<{ commit(): Promise<void> }> {
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let whole: Promise<unknown> | undefined;
    await new Promise<void>((resolve, reject) => {
      whole = db.transaction(async (tx) => {
        await record(tx, homeId, 'event', { n });
        resolve();
        await held;
      });
      whole.catch(reject);
    });
    return {
      async commit() {
        goOn();
        await whole;
      },
    };
  }

  it('hands out dense positions, whoever writes at the same time', async () => {
    const written = await Promise.all(range(1, 50).map(write));
    expect(written.map((event) => event?.position).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual(range(1, 50));
    expect(await currentPosition(db, homeId)).toBe(50);
    const read = await readHomeEvents(db, homeId, 0, 50, 100);
    expect(read.map(({ position }) => position)).toEqual(range(1, 50));
    for (const event of written) {
      expect(read.find(({ position }) => position === event?.position)?.payload).toEqual(event?.payload);
    }
  });

  it('leaves no gap where a transaction is taken back', async () => {
    await write(1);
    await expect(
      db.transaction(async (tx) => {
        await record(tx, homeId, 'event', { n: 2 });
        throw new Error('taken back');
      }),
    ).rejects.toThrow('taken back');
    expect((await write(3))?.position).toBe(2);
  });

  it('never shows a later position before an earlier one', async () => {
    const first = await writeUncommitted(1);
    const second = write(2);
    expect(await readHomeEvents(db, homeId, 0, 100, 100)).toEqual([]);
    await first.commit();
    expect((await second)?.position).toBe(2);
  });

  it('reads a piece after one position up to another', async () => {
    for (const n of range(1, 10)) await write(n);
    const read = async (after: number, upTo: number, limit: number) =>
      (await readHomeEvents(db, homeId, after, upTo, limit)).map(({ position }) => position);
    expect(await read(3, 7, 100)).toEqual([4, 5, 6, 7]);
    expect(await read(3, 7, 2)).toEqual([4, 5]);
    expect(await read(10, 20, 100)).toEqual([]);
  });

  it('of a home that is gone takes nothing', async () => {
    await db.delete(homes).where(eq(homes.id, homeId));
    expect(await write(1)).toBeUndefined();
    expect(await currentPosition(db, homeId)).toBeUndefined();
  });

  it('goes with its home, and so does a line that is being written while the home is deleted', async () => {
    await write(1);
    const late = await writeUncommitted(2);
    const deleted = db.delete(homes).where(eq(homes.id, homeId));
    const isWaiting = async () => {
      const [row] = await db.execute<{ count: string }>(
        sql`select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from "homes"%'`,
      );
      return Number(row?.count) > 0;
    };
    await Promise.all([deleted, until(isWaiting).then(late.commit)]);
    expect(await db.$count(homeEvents, eq(homeEvents.homeId, homeId))).toBe(0);
  });

  it('knows what no bus has carried', async () => {
    // Within a transaction: the relay that all tests share must not see the lines, nor how old they are.
    await db.transaction(async (tx) => {
      for (const n of range(1, 3)) await record(tx, homeId, 'event', { n });
      const left = async () =>
        (await unannounced(tx, 60_000, 10_000))
          .filter((event) => event.homeId === homeId)
          .map(({ position }) => position);
      expect(await left()).toEqual([]);
      await tx
        .update(homeEvents)
        .set({ createdAt: new Date(Date.now() - 120_000) })
        .where(eq(homeEvents.homeId, homeId));
      expect(await left()).toEqual([1, 2, 3]);
      const beyond = await markAnnounced(tx, new Map([[homeId, new Set([1, 3, 99])]]));
      expect(await left()).toEqual([2, 3]);
      expect(beyond).toEqual(new Map([[homeId, new Set([3, 99])]]));
      await markAnnounced(tx, new Map([[homeId, new Set([2, 3])]]));
      expect(await left()).toEqual([]);
      expect(await markAnnounced(tx, new Map([[random, new Set([1])]]))).toEqual(new Map());
    });
  });
});
