import { expect, it } from 'vitest';
import type { Database } from './client';
import { gathered } from './gathered';

const db = {} as Database;
const keyOf = (n: number) => Buffer.from([n, 0xff]);
const keysIn = (literal: string) =>
  [...literal.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => hex as string);

/** A table whose answers the test lets through one by one; key 13 is not in it. */
function gatedTable() {
  const asked: { keys: string[]; answer(): void; fail(error: Error): void }[] = [];
  let onAsked = () => {};
  const find = gathered<string>(
    (_db, literal) =>
      new Promise((resolve, reject) => {
        const keys = keysIn(literal);
        const rows = keys
          .filter((hex) => hex !== '0dff')
          .map((hex) => ({ key: Buffer.from(hex, 'hex'), row: `row of ${hex}` }));
        asked.push({ keys, answer: () => resolve(rows.reverse()), fail: reject });
        onAsked();
      }),
  );
  return {
    find: (n: number) => find(db, keyOf(n)),
    async next() {
      if (asked.length === 0) {
        await new Promise<void>((resolve) => {
          onAsked = resolve;
        });
      }
      return asked.shift() as (typeof asked)[number];
    },
    get waiting() {
      return asked.length;
    },
  };
}

it('asks for all that come together at once and gives each its own row', async () => {
  const table = gatedTable();
  const found = Promise.all([1, 13, 2, 1].map((n) => table.find(n)));
  const one = await table.next();
  expect(one.keys).toEqual(['01ff', '0dff', '02ff', '01ff']);
  one.answer();
  expect(await found).toEqual(['row of 01ff', undefined, 'row of 02ff', 'row of 01ff']);
});

it('lets what comes while a question is under way gather for the next', async () => {
  const table = gatedTable();
  const first = table.find(1);
  const one = await table.next();
  const others = [3, 4, 5].map((n) => table.find(n));
  await new Promise((resolve) => setImmediate(resolve));
  expect(table.waiting).toBe(0);
  one.answer();
  expect(await first).toBe('row of 01ff');
  const two = await table.next();
  expect(two.keys).toEqual(['03ff', '04ff', '05ff']);
  two.answer();
  expect(await Promise.all(others)).toHaveLength(3);
  // The next waits for as many, and goes alone when they do not come.
  const alone = table.find(6);
  const three = await table.next();
  expect(three.keys).toEqual(['06ff']);
  three.answer();
  expect(await alone).toBe('row of 06ff');
});

it('tells all of a question that could not be answered, and asks anew for the next', async () => {
  const table = gatedTable();
  const lost = Promise.allSettled([1, 2].map((n) => table.find(n)));
  (await table.next()).fail(new Error('away'));
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = table.find(1);
  (await table.next()).answer();
  expect(await again).toBe('row of 01ff');
});

it('finds by numbers and by uuids as well', async () => {
  const asked: string[] = [];
  const byNumber = gathered<string, number>(async (_db, literal) => {
    asked.push(literal);
    return [{ key: 7, row: 'seven' }];
  });
  expect(await Promise.all([byNumber(db, 7), byNumber(db, 8)])).toEqual(['seven', undefined]);
  const id = '4d1f3f5e-7b7a-4b53-9d5e-0f2d5b1f1a10';
  const byId = gathered<true, string>(async (_db, literal) => {
    asked.push(literal);
    return [{ key: id, row: true }];
  });
  expect(await byId(db, id)).toBe(true);
  expect(asked).toEqual(['{7,8}', `{${id}}`]);
});
