import { randomUUID } from 'node:crypto';
import { and, eq, lte } from 'drizzle-orm';
import { afterAll, expect, inject, it } from 'vitest';
import { rateCounts } from '@/drizzle/schema';
import { anyRows } from './any-rows';
import { openDatabase } from './client';

const { db, end } = openDatabase({ url: inject('databaseUrl'), applicationName: 'any-rows-test', max: 2 });
afterAll(end);

const at = (text: string) => new Date(`2026-03-01T${text}Z`);

it('tells whether any of its queries has a row at a moment, each time anew', async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const isAny = anyRows('any_rows_test', (from, now) =>
    [one, other].map((subject) =>
      from
        .select({ subject: rateCounts.subject })
        .from(rateCounts)
        .where(and(eq(rateCounts.subject, subject), lte(rateCounts.windowStart, now)))
        .limit(5),
    ),
  );
  expect(await isAny(db, at('12:00:00'))).toBe(false);
  await db.insert(rateCounts).values({ subject: other, windowStart: at('12:00:00'), count: 1 });
  expect(await isAny(db, at('11:59:59.999'))).toBe(false);
  expect(await isAny(db, at('12:00:00'))).toBe(true);
  await db.insert(rateCounts).values({ subject: one, windowStart: at('11:00:00'), count: 1 });
  expect(await isAny(db, at('11:30:00'))).toBe(true);
  await db.delete(rateCounts).where(eq(rateCounts.subject, one));
  expect(await isAny(db, at('11:30:00'))).toBe(false);
});
