import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, lockKeyCommands } from '@/drizzle/schema';
import { parseUpdate } from '@/server/domain/shadow/request';
import { loadShadow } from '@/server/services/shadows/store';
import { updateShadow } from '@/server/services/shadows/update-shadow';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe.each(gateway())('keys of a lock ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let jo: Person;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let org: { apiKey: string };
  beforeEach(async () => {
    project = await factory.project();
    kim = await factory.person(project.id);
    jo = await factory.person(project.id, 'Jo');
    lock = await factory.lock((await factory.home(kim)).id);
    org = { apiKey: (await factory.orgKey(project.id)).key };
  });
  const post = (name: string, body: object, credentials: object = org) =>
    send(url, 'POST', `/locks/${lock.id}/${name}`, { ...credentials, body });
  const details = async () => (await send(url, 'GET', `/locks/${lock.id}/details`, org)).body;
  const commands = () =>
    db
      .select()
      .from(lockKeyCommands)
      .where(eq(lockKeyCommands.lockId, lock.id))
      .orderBy(asc(lockKeyCommands.createdAt));
  const inShadow = async (): Promise<Record<string, unknown>> => {
    const shadow = await loadShadow(db, { thing: lock.thing, name: '' });
    return JSON.parse(JSON.stringify(shadow?.state.desired?.keyCommands ?? {})) as Record<string, unknown>;
  };
  /** The lock says something of its commands, as its shadow service would take it. */
  const report = async (states: Record<string, unknown>) => {
    const text = JSON.stringify({ state: { reported: { keyCommands: states } } });
    const update = parseUpdate(Buffer.from(text));
    if (!update.ok) throw new Error('no update');
    await updateShadow(factory.deps, { thing: lock.thing, name: '' }, update.request);
  };

  it('are told to the lock and recorded, with whose they are', async () => {
    const keyUuid = randomUUID();
    const added = await post('AddKey', { keyUuid, keyIndexNumber: 4, userId: jo.user.id });
    expect(added.status).toBe(200);
    expect(added.body).toEqual({
      success: true,
      aggregateId: String(lock.id),
      version: 2,
      event: {
        type: 'KeyAdded',
        data: {
          lockId: lock.id,
          uuid: lock.uuid,
          timestamp: milliseconds,
          keyUuid,
          keyIndexNumber: 4,
          userId: String(jo.user.id),
        },
      },
    });
    expect((await details()).keys).toEqual([{ uuid: keyUuid, indexNumber: 4, userId: String(jo.user.id) }]);
    const [command] = await commands();
    expect(command).toMatchObject({ status: 'sent', principalKind: 'orgKey' });
    expect(await inShadow()).toEqual({
      [String(command?.id)]: {
        type: 'addKey',
        keyUuid,
        keyIndexNumber: 4,
        issuedAt: command?.createdAt.getTime(),
        expiresAt: (command?.createdAt.getTime() ?? 0) + 24 * 3_600_000,
      },
    });
  });

  it('that are there, or whose place is taken, are refused without a word to the lock', async () => {
    const keyUuid = randomUUID();
    await post('AddKey', { keyUuid, keyIndexNumber: 4 });
    const again = await post('AddKey', { keyUuid });
    expect(again.status).toBe(409);
    expect(again.body.details).toEqual([{ field: 'keyUuid', message: 'is a key of this lock' }]);
    const place = await post('AddKey', { keyUuid: randomUUID(), keyIndexNumber: 4 });
    expect(place.body).toMatchObject({ code: 409, details: [{ field: 'keyIndexNumber' }] });
    expect(Object.keys(await inShadow())).toHaveLength(1);
    expect((await details()).version).toBe(2);
  });

  it('are removed by uuid or by place', async () => {
    const [card, fob] = [randomUUID(), randomUUID()];
    await post('AddKey', { keyUuid: card, keyIndexNumber: 4 });
    await post('AddKey', { keyUuid: fob });
    const none = await post('RemoveKey', {});
    expect(none.body).toMatchObject({
      code: 400,
      details: [{ field: 'keyUuid' }, { field: 'keyIndexNumber' }],
    });
    for (const unknown of [
      { keyUuid: randomUUID() },
      { keyIndexNumber: 9 },
      { keyUuid: fob, keyIndexNumber: 4 },
    ])
      expect((await post('RemoveKey', unknown)).status).toBe(404);
    const removed = await post('RemoveKey', { keyIndexNumber: 4 });
    expect(removed.body).toMatchObject({
      version: 4,
      event: { type: 'KeyRemoved', data: { keyUuid: card, keyIndexNumber: 4 } },
    });
    expect((await post('RemoveKey', { keyUuid: fob.toUpperCase() })).status).toBe(200);
    expect(await details()).toMatchObject({ keys: [], version: 5 });
  });

  it('are written onto a card without being keys for it', async () => {
    const keyUuid = randomUUID();
    const written = await post('WriteKey', { keyUuid, keyIndexNumber: 2 });
    expect(written.body).toMatchObject({
      version: 2,
      event: { type: 'KeyWriteRequested', data: { keyUuid } },
    });
    expect((await details()).keys).toEqual([]);
    expect(Object.values(await inShadow())).toMatchObject([{ type: 'writeKey', keyUuid }]);
  });

  it('are refused with every wrong field named', async () => {
    const bad = await post('AddKey', { keyUuid: 'card', keyIndexNumber: -1, userId: {} });
    expect(bad.body.details.map(({ field }: { field: string }) => field)).toEqual([
      'keyUuid',
      'keyIndexNumber',
      'userId',
    ]);
    const stranger = await factory.person((await factory.project()).id);
    expect((await post('AddKey', { keyUuid: randomUUID(), userId: stranger.user.id })).status).toBe(404);
    expect(await commands()).toEqual([]);
  });

  it('get dense versions when twenty are added at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_none, keyIndexNumber) =>
        post('AddKey', { keyUuid: randomUUID(), keyIndexNumber }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const versions = replies.map(({ body }) => body.version).sort((one, other) => one - other);
    expect(versions).toEqual(replies.map((_reply, index) => index + 2));
    const seen = await details();
    expect(seen.keys).toHaveLength(20);
    expect(seen.version).toBe(21);
    expect(Object.keys(await inShadow())).toHaveLength(20);
    const events = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.aggregateId, String(lock.id)));
    expect(events).toHaveLength(seen.version);
  });

  it('of twenty changes of one key at once one is carried out', async () => {
    const keyUuid = randomUUID();
    const replies = await Promise.all(Array.from({ length: 20 }, () => post('AddKey', { keyUuid })));
    const statuses = replies.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(19).fill(409)]);
    expect(Object.keys(await inShadow())).toHaveLength(1);
    expect((await details()).version).toBe(2);
  });

  it('leave the shadow when the lock has said what came of them', async () => {
    await post('AddKey', { keyUuid: randomUUID() });
    await post('AddKey', { keyUuid: randomUUID() });
    const [one, other] = await commands();
    await report({ [String(one?.id)]: { state: 'succeeded' }, [String(other?.id)]: { state: 'failed' } });
    await until(async () => Object.keys(await inShadow()).length === 0);
    await until(async () => (await commands()).every(({ withdrawnAt }) => withdrawnAt !== null));
    expect((await commands()).map(({ status }) => status)).toEqual(['done', 'failed']);
  });

  it('come in bulk, one after the other in the background', async () => {
    const there = randomUUID();
    await post('AddKey', { keyUuid: there });
    const keys = [
      { keyUuid: randomUUID(), keyIndexNumber: 1 },
      { keyUuid: there },
      { keyUuid: randomUUID() },
    ];
    const bulk = await post('BulkAddKeys', { keys });
    expect(bulk.status).toBe(200);
    expect(bulk.body).toEqual({
      success: true,
      lockId: lock.id,
      instanceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    const ofBulk = async () =>
      (await commands()).filter(({ instanceId }) => instanceId === bulk.body.instanceId);
    await until(async () => (await ofBulk()).every(({ status }) => status === 'sent' || status === 'failed'));
    // A key that was there already fails alone.
    expect((await ofBulk()).map(({ keyUuid, status, error }) => ({ keyUuid, status, error }))).toEqual(
      expect.arrayContaining([
        { keyUuid: keys[0]?.keyUuid, status: 'sent', error: null },
        { keyUuid: there, status: 'failed', error: 'CONFLICT' },
        { keyUuid: keys[2]?.keyUuid, status: 'sent', error: null },
      ]),
    );
    expect((await details()).keys).toHaveLength(3);
    const events = await db
      .select()
      .from(domainEvents)
      .where(eq(domainEvents.aggregateId, String(lock.id)))
      .orderBy(asc(domainEvents.version));
    // A second apart: the third waits two, however late the first had its turn.
    const [asked] = await ofBulk();
    const last = events.at(-1)?.createdAt.getTime() ?? 0;
    expect(last - (asked?.createdAt.getTime() ?? last)).toBeGreaterThanOrEqual(2_000);
    const twice = await post('BulkAddKeys', { keys: [{ keyUuid: there }, { keyUuid: there }] });
    expect(twice.body.details).toEqual([{ field: 'keys.1.keyUuid', message: 'is there twice' }]);
    expect((await post('BulkAddKeys', { keys: [] })).body.details).toMatchObject([{ field: 'keys' }]);
  });
});
