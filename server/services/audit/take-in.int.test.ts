import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { expect, inject, it } from 'vitest';
import { auditEntries, openings } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { auditGround } from '@/server/testing/audit-ground';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { takeInOpenings, takeInRecords } from './take-in';

const factory = ground();
const audit = auditGround(factory);
const { deps } = factory;
const url = inject('url');

async function doorOf(name = 'Kim') {
  const { id: project } = await factory.project();
  const owner = await factory.person(project, name);
  const home = await factory.home(owner);
  const lock = await factory.lock(home.id);
  return { project, owner, home, lock };
}

/** Takes in until the line is there: the bridge of the shared system may be at it. */
const taken = (source: string) =>
  until(async () => {
    await takeInRecords(deps);
    await takeInOpenings(deps);
    const [line] = await deps.db.select().from(auditEntries).where(eq(auditEntries.source, source));
    return line;
  });

it('an opening, its event and its outcome say who, how, why and from where', async () => {
  const { project, owner, home, lock } = await doorOf();
  const device = await factory.virtualLock(lock);
  const opened = await send(url, 'POST', `/locks/${lock.id}/OpenLock`, {
    token: owner.token,
    body: { reason: 'the post', requestId: 'request-7' },
    headers: { 'x-forwarded-for': '203.0.113.7' },
  });
  expect(opened.status).toBe(200);
  await until(async () => (await factory.openings(lock.id))[0]?.status === 'confirmed');
  const [opening] = await factory.openings(lock.id);
  await device.stop();
  const common = {
    projectId: project,
    homeId: home.id,
    actorKind: 'user',
    actorId: String(owner.user.id),
    actorName: 'Kim',
    subjectKind: 'lock',
    subjectId: String(lock.id),
    reason: 'the post',
    address: '203.0.113.7',
  };
  expect(await taken(`opening:${opening?.id}:confirmed`)).toMatchObject({
    ...common,
    action: 'opening.confirm',
    data: { opening: opening?.id, via: 'api', requestId: 'request-7' },
    createdAt: opening?.outcomeAt,
  });
  expect(await taken(`event:lock:${lock.id}:${opening?.eventVersion}`)).toMatchObject({
    ...common,
    action: 'opening.request',
    data: { requestId: 'request-7' },
  });
});

it('a refusal says who was turned away and why', async () => {
  const { project, home, lock } = await doorOf();
  const stranger = await factory.person(project, 'Robin');
  await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: stranger.token, body: {} });
  const [refusal] = await until(async () => {
    const rows = await deps.db.execute<{ id: string }>(
      sql`select id::text from refusals where lock_id = ${lock.id}`,
    );
    return rows.length > 0 && rows;
  });
  expect(await taken(`refusal:${refusal?.id}`)).toMatchObject({
    projectId: project,
    homeId: home.id,
    actorName: 'Robin',
    action: 'opening.refuse',
    data: { via: 'api', cause: 'no-right' },
  });
});

it('a failed and an expired opening are taken, one that was found open late twice, one that runs not yet', async () => {
  const { owner, home, lock } = await doorOf();
  const at = new Date();
  const place = (status: 'failed' | 'expired' | 'sent', { lateReport = false, error = 'JAMMED' } = {}) => ({
    id: randomUUID(),
    lockId: lock.id,
    homeId: home.id,
    principalKind: 'user',
    principalId: String(owner.user.id),
    principalName: 'Kim',
    via: 'page' as const,
    status,
    lateReport,
    createdAt: at,
    outcomeAt: status === 'sent' ? null : at,
    // The bridge does not end the one that runs while it is looked at.
    expiresAt: new Date(at.getTime() + 3_600_000),
    error: status === 'failed' ? error : null,
    withdrawnAt: at,
  });
  const [failed, unsure, late, running] = [
    place('failed'),
    place('failed', { error: 'NOT_CONFIRMED' }),
    place('expired', { lateReport: true }),
    place('sent'),
  ];
  await deps.db.insert(openings).values([failed, unsure, late, running]);
  expect(await taken(`opening:${failed.id}:failed`)).toMatchObject({
    action: 'opening.fail',
    data: { error: 'JAMMED' },
  });
  expect(await taken(`opening:${unsure.id}:failed`)).toMatchObject({ action: 'opening.unconfirmed' });
  await taken(`opening:${late.id}:expired`);
  expect(await taken(`opening:${late.id}:late`)).toMatchObject({ action: 'opening.late' });
  const about = (id: string) =>
    deps.db
      .select()
      .from(auditEntries)
      .where(sql`${auditEntries.source} like ${`opening:${id}:%`}`);
  expect(await about(running.id)).toEqual([]);
  await deps.db
    .update(openings)
    .set({ status: 'confirmed', outcomeAt: new Date() })
    .where(eq(openings.id, running.id));
  await taken(`opening:${running.id}:confirmed`);
});

it('the bridge takes in and seals by itself', async () => {
  const { project, lock } = await doorOf();
  await until(async () => {
    const { projects, ok } = await audit.verify(project);
    return ok && projects[0]?.entries !== undefined && projects[0].entries > 0 && projects[0].unsealed === 0;
  });
  expect((await audit.lines(project)).map(({ source }) => source)).toContain(`event:lock:${lock.id}:1`);
});

it('more records than one look takes are all taken, also by several at once', async () => {
  const { project, lock } = await doorOf();
  await deps.db.execute(sql`
    insert into domain_events (aggregate_type, aggregate_id, version, type, data, org_id, created_at)
    select 'lock', ${String(lock.id)}, n + 1, 'LockRenamed', '{"name":"x"}', uuid::text, now() from projects,
      generate_series(1, 4100) n where id = ${project}`);
  await Promise.all([takeInRecords(deps), takeInRecords(deps)]);
  await taken(`event:lock:${lock.id}:4101`);
  const names = (await audit.lines(project)).filter(({ action }) => action === 'lock.rename');
  expect(names).toHaveLength(4100);
});

it('taking in again adds nothing, also when the mark was lost', async () => {
  const { project, lock } = await doorOf();
  await taken(`event:lock:${lock.id}:1`);
  const before = await audit.lines(project);
  await takeInRecords(deps);
  await deps.db.execute(sql`delete from audit_marks where name in ('events', 'refusals', 'openings')`);
  await takeInRecords(deps);
  await takeInOpenings(deps);
  expect(await audit.lines(project)).toEqual(before);
});

it('an event that is committed after later ones were taken is taken then', async () => {
  const { project, lock } = await doorOf();
  const later = await doorOf();
  await deps.db.execute(
    sql`delete from domain_events where aggregate_type = 'lock' and aggregate_id = ${String(lock.id)}`,
  );
  await taken(`event:lock:${later.lock.id}:1`);
  await deps.db.execute(sql`
    insert into domain_events (aggregate_type, aggregate_id, version, type, data, org_id, created_at)
    select 'lock', ${String(lock.id)}, 2, 'KeyAdded', '{"keyUuid":"secret-uuid","keyIndexNumber":3,"pin":"123456"}'::json,
      uuid::text, now() - interval '90 seconds' from projects where id = ${project}`);
  expect(await taken(`event:lock:${lock.id}:2`)).toMatchObject({
    projectId: project,
    action: 'lock-key.add',
    data: { keyIndexNumber: 3 },
  });
});

it('a guest link is recorded with whoever made it, and without its token or PIN', async () => {
  const { project, owner, lock } = await doorOf();
  const made = await send(url, 'POST', '/temp-keys', {
    token: owner.token,
    body: {
      doors: [{ lockId: lock.id }],
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2099-01-01T00:00:00.000Z',
      description: 'For the plumber',
    },
  });
  expect(made.status).toBe(201);
  const link = await until(async () => {
    await takeInRecords(deps);
    const [row] = await deps.db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.projectId, project), eq(auditEntries.action, 'link.create')));
    return row;
  });
  expect(link).toMatchObject({ actorKind: 'user', actorName: 'Kim', subjectKind: 'link' });
  expect(Object.keys(link.data ?? {}).sort()).toEqual([
    'accessMode',
    'lockId',
    'maxUses',
    'validFrom',
    'validUntil',
  ]);
});
