import { randomBytes, randomUUID } from 'node:crypto';
import { eq, like, sql } from 'drizzle-orm';
import { afterAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { rateCounts, users } from '@/drizzle/schema';
import { until } from '@/server/testing/until';
import { type Executor, openDatabase } from './client';
import { BadParameterError, checkParameter } from './driver';

const database = openDatabase({ url: inject('databaseUrl'), applicationName: 'client-test', max: 4 });
const owner = openDatabase({ url: inject('ownerUrl'), applicationName: 'client-test-owner', max: 1 });
const { db } = database;
afterAll(() => Promise.all([database.end(), owner.end()]));

const bad: [string, unknown][] = [
  ['a Date', new Date()],
  ['an invalid Date', new Date(Number.NaN)],
  ['undefined', undefined],
  ['an object', { a: 1 }],
  [
    'an object that throws',
    {
      toString: () => {
        throw new Error('no');
      },
    },
  ],
  ['an object without a prototype', Object.create(null)],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['minus Infinity', Number.NEGATIVE_INFINITY],
  ['text with NUL', 'a\u0000b'],
  ['a symbol', Symbol('s')],
  ['a function', () => 1],
  ['an array', [1, 2]],
  ['an array of arrays', [[new Date()]]],
  ['bytes that are no Buffer', new Uint8Array([1])],
  ['a Map', new Map()],
  ['a promise', Promise.resolve(1)],
];

it.each(bad)('%s is refused before the driver sees it', (_title, value) => {
  expect(() => checkParameter(value)).toThrow(BadParameterError);
});

it.each([
  ['text', 'x'],
  ['a number', 1.5],
  ['zero', 0],
  ['a boolean', false],
  ['a bigint', 1n],
  ['null', null],
  ['a Buffer', Buffer.from([0])],
  ['emoji', '🔑'],
])('%s is taken', (_title, value) => {
  expect(() => checkParameter(value)).not.toThrow();
});

const ask = (n: number) =>
  db
    .execute<{ n: number; t: string }>(sql`select ${n}::int as n, ${`text ${n}`}::text as t`)
    .then((rows) => rows[0]);

/** Runs good queries between bad ones and sees to it that each good one gets its own answer. */
async function flood(makeBad: (value: unknown, n: number) => Promise<unknown>): Promise<void> {
  const outcomes = await Promise.all(
    Array.from({ length: 400 }, (_, n) =>
      n % 2 === 0
        ? ask(n).then((row) => ({ n, row }))
        : Promise.resolve()
            .then(() => makeBad(bad[n % bad.length]?.[1], n))
            .then(
              () => ({ n, wasTaken: true }),
              () => ({ n, row: undefined }),
            ),
    ),
  );
  for (const outcome of outcomes) {
    const { n } = outcome;
    expect(outcome).toEqual({ n, row: n % 2 === 0 ? { n, t: `text ${n}` } : undefined });
  }
  // No connection goes back to the pool with a transaction that is still open.
  const open = await db.execute(
    sql`select state, query from pg_stat_activity where application_name = 'client-test' and state like 'idle in transaction%'`,
  );
  expect(open).toEqual([]);
  // Each connection of the pool is still in step.
  const after = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(1_000 + n)));
  expect(after).toEqual(Array.from({ length: 40 }, (_, n) => ({ n: 1_000 + n, t: `text ${1_000 + n}` })));
}

it('whoever waits in a transaction of a database that is closed is told so', async () => {
  const closing = openDatabase({
    url: inject('databaseUrl'),
    applicationName: 'client-test-closing',
    max: 1,
  });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const work = closing.db.transaction(async (tx) => {
    await tx.execute(sql`select 1`);
    begun();
    await new Promise(() => {});
  });
  const outcome = expect(work).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
  await hasBegun;
  await closing.end();
  await outcome;
});

describe('a pool that is flooded with bad parameters', () => {
  it('gives every good query its own answer', () =>
    flood((value, n) => db.execute(sql`select ${n}::int as n, ${sql.param(value)}::text as t`)));

  it('also inside transactions, which end as refused', () =>
    flood((value, n) =>
      db.transaction(async (tx) => {
        await tx.execute(sql`select ${n}::int`);
        await tx.execute(sql`select ${sql.param(value)}::text`);
      }),
    ));

  it('also inside savepoints', () =>
    flood((value, n) =>
      db.transaction(async (tx) => {
        await tx.transaction(async (inner) => {
          await inner.execute(sql`select ${n}::int, ${sql.param(value)}::text`);
        });
      }),
    ));

  it('also by the query builder and by prepared statements', async () => {
    const prepared = db
      .select({ id: users.id })
      .from(users)
      .where(eq(users.uuid, sql.placeholder('uuid')))
      .prepare('client_test_by_uuid');
    await flood((value, n) =>
      n % 4 === 1
        ? prepared.execute({ uuid: value })
        : Promise.resolve().then(() =>
            db
              .select()
              .from(users)
              .where(eq(users.passwordHash, value as string)),
          ),
    );
    expect(await prepared.execute({ uuid: randomUUID() })).toEqual([]);
  });
});

describe('a table that changes under load', () => {
  it('reads back booleans and bytes as they were written', async () => {
    const name = `changing_${randomUUID().replaceAll('-', '')}`;
    const table = sql.identifier(name);
    await owner.db.execute(
      sql`create table ${table} (n int primary key, flag boolean not null, raw bytea not null)`,
    );
    await owner.db.execute(sql`grant all on ${table} to public`);
    const written = new Map<number, { flag: boolean; raw: Buffer }>();
    const write = async (n: number) => {
      const row = {
        flag: n % 2 === 0,
        raw: Buffer.concat([Buffer.from([0, 0x5c, 0x78, n % 256]), randomBytes(12)]),
      };
      written.set(n, row);
      // `returning *` changes its result type with the table: the driver prepares anew and serializes again.
      const [told] = await db.execute<{ n: number; flag: boolean; raw: Buffer }>(
        sql`insert into ${table} (n, flag, raw) values (${n}, ${row.flag}, ${row.raw}) returning *`,
      );
      expect(told).toMatchObject({ n, ...row });
    };
    let n = 0;
    const burst = () => Promise.all(Array.from({ length: 40 }, () => write(n++)));
    for (let round = 0; round < 5; round += 1) {
      await burst();
      const changing = owner.db.execute(
        sql`alter table ${table} add column ${sql.identifier(`more_${round}`)} text`,
      );
      await Promise.all([burst(), changing]);
    }
    const rows = await db.execute<{ n: number; flag: boolean; raw: Buffer }>(
      sql`select n, flag, raw from ${table} order by n`,
    );
    expect(rows).toHaveLength(400);
    for (const row of rows) {
      const { flag, raw } = written.get(row.n) as { flag: boolean; raw: Buffer };
      expect({ n: row.n, flag: row.flag, raw: row.raw.toString('hex') }).toEqual({
        n: row.n,
        flag,
        raw: raw.toString('hex'),
      });
    }
    await owner.db.execute(sql`drop table ${table}`);
  });
});

describe('a transaction', () => {
  const pool = openDatabase({ url: inject('databaseUrl'), applicationName: 'client-test-pool', max: 1 });
  const wordsOf = async (subject: string) =>
    (
      await pool.db
        .select()
        .from(rateCounts)
        .where(like(rateCounts.subject, `${subject}%`))
    ).length;
  const word = (executor: Pick<Executor, 'execute'>, subject: string) =>
    executor.execute(
      sql`insert into rate_counts (subject, window_start, count) values (${subject}, ${new Date().toISOString()}::timestamptz, 1)`,
    );
  let subject: string;
  beforeEach(async () => {
    subject = `transaction ${randomUUID()}`;
    // There is a connection: the transactions below are the ones that begin together with their first statement.
    await pool.db.execute(sql`select 1`);
  });
  afterAll(() => pool.end());

  it('is there as a whole, and gives its connection back', async () => {
    for (let n = 0; n < 3; n += 1) {
      await pool.db.transaction(async (tx) => {
        await Promise.all([word(tx, `${subject} a${n}`), word(tx, `${subject} b${n}`)]);
      });
    }
    expect(await wordsOf(subject)).toBe(6);
  });

  it('leaves nothing behind when its work fails, or a statement whose failure was swallowed', async () => {
    const failing = pool.db.transaction(async (tx) => {
      await word(tx, subject);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const swallowing = pool.db.transaction(async (tx) => {
      await word(tx, subject);
      await tx.execute(sql`select 1 / 0`).catch(() => {});
    });
    await expect(swallowing).rejects.toMatchObject({ code: '22012' });
    expect(await wordsOf(subject)).toBe(0);
  });

  it('takes nothing in that is asked of it after its end', async () => {
    let late: Promise<unknown> | undefined;
    const work = pool.db.transaction(async (tx) => {
      late = word(tx, `${subject} one`).then(() => word(tx, `${subject} two`));
      late.catch(() => {});
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    await expect(late).rejects.toThrow();
    expect(await wordsOf(subject)).toBe(0);
  });

  it('tells what failed first, not what failed because of it', async () => {
    const work = pool.db.transaction(async (tx) => {
      await tx.execute(sql`select 1 / 0`).catch(() => {});
      await word(tx, subject);
    });
    await expect(work).rejects.toMatchObject({ code: '22012' });
  });

  it('goes on after a savepoint that was taken back, however deep', async () => {
    await pool.db.transaction(async (tx) => {
      await word(tx, `${subject} outer`);
      const inner = tx.transaction(async (one) => {
        await word(one, `${subject} one`);
        await one.transaction((two) => word(two, `${subject} two`));
        await one.execute(sql`select 1 / 0`);
      });
      await expect(inner).rejects.toBeDefined();
      await tx.transaction((three) => word(three, `${subject} three`));
    });
    const rows = await pool.db
      .select()
      .from(rateCounts)
      .where(like(rateCounts.subject, `${subject}%`));
    expect(rows.map((row) => row.subject.split(' ').at(-1)).sort()).toEqual(['outer', 'three']);
  });

  it('that loses its connection leaves nothing behind, and nothing of it is done outside', async () => {
    const work = pool.db.transaction(async (tx) => {
      await word(tx, `${subject} before`);
      const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await owner.db.execute(sql`select pg_terminate_backend(${row?.pid ?? 0}::integer)`);
      const isGone = () =>
        tx.execute(sql`select 1`).then(
          () => false,
          () => true,
        );
      await until(isGone);
      await word(tx, `${subject} after`).catch(() => {});
    });
    await expect(work).rejects.toBeDefined();
    expect(await wordsOf(subject)).toBe(0);
  });

  it('that is under way when the pool is closed comes to its end', async () => {
    const closing = openDatabase({ url: inject('databaseUrl'), applicationName: 'client-test-end', max: 1 });
    await closing.db.execute(sql`select 1`);
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let hasBegun = () => {};
    const begun = new Promise<void>((resolve) => {
      hasBegun = resolve;
    });
    const work = closing.db.transaction(async (tx) => {
      await word(tx, subject);
      hasBegun();
      await held;
      await word(tx, `${subject} more`);
    });
    await begun;
    const ended = closing.end();
    goOn();
    await work;
    await ended;
    expect(await wordsOf(subject)).toBe(2);
  });
});
