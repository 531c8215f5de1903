import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { domainEvents, locks } from '@/drizzle/schema';
import { getShadow } from '@/server/services/shadows/get-shadow';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const time = expect.any(Number);

describe.each(gateway())('/matter-devices ($name)', ({ url }) => {
  let kim: Person;
  let key: { apiKey: string };
  let home: Awaited<ReturnType<typeof factory.home>>;
  let hub: Awaited<ReturnType<typeof factory.hub>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    kim = await factory.person((await factory.project()).id);
    home = await factory.home(kim);
    hub = await factory.hub(home);
    lock = await factory.lock(home.id);
    await db.update(locks).set({ hubId: hub.id }).where(eq(locks.id, lock.id));
    key = { apiKey: (await factory.orgKey(kim.user.projectId)).key };
  });
  const post = (id: string, name: string, body: object, credentials: object = key) =>
    send(url, 'POST', `/matter-devices/${id}/${name}`, { ...credentials, body });
  const create = (id: string, more: object = {}, credentials: object = key) =>
    post(id, 'CreateMatterDevice', { deviceId: id, thingName: id, hubId: hub.id, ...more }, credentials);
  const stateOf = async (thing: string) => {
    const answer = await getShadow(factory.deps, { thing, name: '' }, {});
    return answer.ok ? (answer.accepted.state as Record<string, unknown>) : undefined;
  };

  it('are registered behind a hub once: 201, then 200 without an event', async () => {
    const id = `lamp-${randomUUID()}`;
    const first = await create(id);
    expect([first.status, first.body]).toEqual([
      201,
      {
        success: true,
        aggregateId: id,
        version: 1,
        event: {
          type: 'MatterDeviceCreated',
          data: { deviceId: id, thingName: id, hubId: hub.id, deviceType: 'generic', createdAt: time },
        },
      },
    ]);
    const again = await create(id);
    expect([again.status, again.body]).toEqual([
      200,
      { success: true, aggregateId: id, version: 1, event: null },
    ]);
    const stranger = { apiKey: (await factory.orgKey((await factory.project()).id)).key };
    expect((await create(id, {}, stranger)).status).toBe(404);
    expect((await create(`x-${randomUUID()}`, {}, stranger)).body).toEqual(
      (await create(id, {}, stranger)).body,
    );
    expect((await create(`x-${randomUUID()}`, {}, { token: kim.token })).status).toBe(403);
  });

  it('take no thing of others: a lock only when it stands behind the hub', async () => {
    const other = await factory.lock(home.id);
    for (const thingName of [other.thing, `lock-${randomUUID()}`, hub.thing, 'device-1', 'svc:x', 'a b']) {
      const reply = await create(`m-${randomUUID()}`, { thingName });
      expect([thingName, reply.status, reply.body.details?.[0]?.field]).toEqual([
        thingName,
        400,
        'thingName',
      ]);
    }
    const taken = `lamp-${randomUUID()}`;
    await create(taken);
    expect((await create(`m-${randomUUID()}`, { thingName: taken })).status).toBe(400);
    expect((await create(lock.thing, { deviceType: 'door-lock' })).status).toBe(201);
    const differs = await post(taken, 'CreateMatterDevice', {
      deviceId: 'x',
      thingName: taken,
      hubId: hub.id,
    });
    expect(differs.body.details).toEqual([{ field: 'deviceId', message: 'must equal the id of the path' }]);
  });

  it('are told how they should be by their shadow, and that is an event', async () => {
    const id = `lamp-${randomUUID()}`;
    await create(id);
    const desired = { '1/6/0': true, level: { current: 40 } };
    const reply = await post(id, 'UpdateDesiredShadow', { desired }, { token: kim.token });
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        success: true,
        aggregateId: id,
        version: 2,
        event: {
          type: 'DesiredShadowUpdated',
          data: { deviceId: id, thingName: id, desired, updatedAt: time },
        },
      },
    ]);
    const reported = await post(id, 'UpdateReportedShadow', { reported: { '1/6/0': false } });
    expect(reported.body).toMatchObject({ version: 3, event: { type: 'ReportedShadowUpdated' } });
    expect(await stateOf(id)).toMatchObject({ desired, reported: { '1/6/0': false } });
    expect((await post(id, 'UpdateReportedShadow', { reported: {} }, { token: kim.token })).status).toBe(403);
    for (const odd of [{ desired: null }, { desired: [] }, { desired: 'on' }, {}])
      expect((await post(id, 'UpdateDesiredShadow', odd)).body.details[0].field).toBe('desired');
  });

  it('never move a bolt by a desired state, whatever it is called and however deep it stands', async () => {
    await create(lock.thing, { deviceType: 'door-lock' });
    for (const [desired, field] of [
      [{ command: { id: randomUUID(), type: 'unlock' } }, 'desired.command'],
      [{ '1/257/0': 2 }, 'desired.1/257/0'],
      [{ '1': { '257': { '0': 2 } } }, 'desired.1/257'],
      [{ lockState: 'UNLOCKED' }, 'desired.lockState'],
      [{ state: { target_lock_state: 2 } }, 'desired.state/target_lock_state'],
      [{ list: [{ unlock: true }] }, 'desired.list/0/unlock'],
      [JSON.parse(`{"deep":${'['.repeat(3_000)}${']'.repeat(3_000)}}`), 'desired'],
    ] as const) {
      const reply = await post(lock.thing, 'UpdateDesiredShadow', { desired });
      expect([reply.status, reply.body.details?.map((issue: { field: string }) => issue.field)]).toEqual([
        400,
        [field],
      ]);
    }
    expect(await stateOf(lock.thing)).toBeUndefined();
    const events = await db.select().from(domainEvents).where(eq(domainEvents.aggregateId, lock.thing));
    expect(events.map(({ type }) => type)).toEqual(['MatterDeviceCreated']);
    expect((await post(lock.thing, 'UpdateDesiredShadow', { desired: { autoRelockTime: 30 } })).status).toBe(
      200,
    );
  });

  it('record nothing when the shadow did not take it', async () => {
    const id = `lamp-${randomUUID()}`;
    await create(id);
    const deep = Array.from({ length: 12 }).reduce<object>((inner) => ({ a: inner }), { a: 1 });
    const refused = await post(id, 'UpdateDesiredShadow', { desired: deep });
    expect([refused.status, refused.body.message]).toEqual([502, 'Failed to update device shadow']);
    const next = await post(id, 'UpdateDesiredShadow', { desired: { on: true } });
    expect(next.body.version).toBe(2);
  });
});
