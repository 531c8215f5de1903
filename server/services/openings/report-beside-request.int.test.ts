import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { domainEvents, locks, openings } from '@/drizzle/schema';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { loadLock } from '../locks/load-lock';
import { recordReport } from '../locks/record-report';
import { placeIntent } from './place-intent';

const { deps, ...factory } = ground();

it('a report that waits for a request sees what the request has recorded meanwhile, and records it no second time', async () => {
  const project = await factory.project();
  const kim = await factory.person(project.id);
  const made = await factory.lock((await factory.home(kim)).id);
  const principal = {
    kind: 'user' as const,
    userId: kim.user.id,
    sessionId: kim.sessionId,
    projectId: project.id,
    appId: 'controller_app',
    name: 'Kim',
  };
  const { lock } = await loadLock(deps.db, principal, made.id);
  if (lock === undefined) throw new Error('no lock');
  const { opening } = await placeIntent(deps, { principal, via: 'api' }, lock, {});
  let report: Promise<unknown> = Promise.resolve();
  await deps.db.transaction(async (tx) => {
    const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await tx.select({ id: locks.id }).from(locks).where(eq(locks.id, lock.id)).for('update');
    report = deps.db.transaction((other) =>
      recordReport(
        other,
        lock.uuid,
        { lockState: 'UNLOCKED', command: { id: opening.id, state: 'succeeded' } },
        deps.clock.now(),
      ),
    );
    await until(
      async () =>
        (
          await deps.db.execute(
            sql`select 1 from pg_stat_activity where ${row?.pid ?? 0}::integer = any(pg_blocking_pids(pid))`,
          )
        ).length === 1,
    );
    const event = { type: 'LockOpenRequested', data: { lockId: lock.id, requestId: randomUUID() } };
    await tx
      .update(openings)
      .set({ status: 'sent', event, eventVersion: 2 })
      .where(eq(openings.id, opening.id));
  });
  await report;
  expect(await factory.openings(lock.id)).toMatchObject([
    { status: 'confirmed', eventVersion: 2, event: { type: 'LockOpenRequested' } },
  ]);
  const recorded = await deps.db
    .select({ type: domainEvents.type })
    .from(domainEvents)
    .where(
      and(
        eq(domainEvents.aggregateId, String(lock.id)),
        eq(domainEvents.aggregateType, 'lock'),
        eq(domainEvents.type, 'LockOpenRequested'),
      ),
    );
  expect(recorded).toEqual([]);
});
