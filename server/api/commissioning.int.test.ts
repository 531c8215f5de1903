import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commissionings, domainEvents, homeEvents, locks, matterDevices, projects } from '@/drizzle/schema';
import { writeManualCode } from '@/server/domain/matter/manual-code';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';
import type { VirtualHub } from '@/server/testing/virtual-hub';

const factory = ground();
const { db } = factory.deps;
const time = expect.any(Number);
const good = '34970112332';

describe.each(gateway())('commissioning ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let hub: Awaited<ReturnType<typeof factory.hub>>;
  let plugged: VirtualHub;
  beforeEach(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id);
    home = await factory.home(kim);
    hub = await factory.hub(home);
    plugged = await factory.virtualHub(hub);
  });
  afterEach(() => plugged.end());
  const commission = (
    commissioningCode: unknown = good,
    credentials: object = { token: kim.token },
    id = hub.id,
  ) =>
    send(url, 'POST', `/hubs/${id}/CommissionDevice`, {
      ...credentials,
      body: { hubId: id, commissioningCode },
    });
  const list = async () =>
    (await send(url, 'GET', `/hubs/${hub.id}/commissionings`, { token: kim.token })).body.items;
  const attempt = async (id: unknown) =>
    (await send(url, 'GET', `/hubs/${hub.id}/commissionings/${id}`, { token: kim.token })).body;
  const began = async (code = good) => {
    expect((await commission(code)).status).toBe(200);
    return plugged.commands.next();
  };
  const says = (id: unknown, state: string, more: object = {}) =>
    plugged.report({ command: { id, state, ...more } });
  const device = {
    id: '17',
    deviceType: 'door-lock',
    vendorId: 65521,
    productId: 32769,
    name: 'Back door',
    attestation: 'test',
  };
  const told = async () =>
    (await db.select().from(homeEvents).where(eq(homeEvents.homeId, home.id)))
      .filter(({ topic }) => topic === 'commissioning')
      .sort((one, other) => one.position - other.position)
      .map(({ payload }) => payload as { status: string; step?: string });
  /** Makes the time of what runs at the hub run out. */
  const outrun = (id: unknown) =>
    db
      .update(commissionings)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(commissionings.id, String(id)));
  const isClear = async () => (await plugged.standing()) === undefined;

  it('answers that the shadow took the command, without an event, and the hub has it', async () => {
    const reply = await commission(' 3497-011-2332 ');
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ success: true, aggregateId: hub.id, version: 2, event: null });
    const command = await plugged.commands.next();
    expect(command).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      type: 'commission_with_code',
      code: good,
      issuedAt: time,
      expiresAt: Number(command.issuedAt) + 180_000,
    });
    expect(await list()).toEqual([
      expect.objectContaining({
        id: command.id,
        hubId: hub.id,
        status: 'sent',
        codeKind: 'manual',
        late: false,
        who: { kind: 'user', id: String(kim.user.id), name: 'Kim' },
      }),
    ]);
  });

  it('takes QR texts and passes 22 digits on as they are', async () => {
    const qr = await began('MT:Y.K9042C00KA0648G00');
    expect(qr.code).toBe('MT:Y.K9042C00KA0648G00');
    expect(await attempt(qr.id)).toMatchObject({ codeKind: 'qr', vendorId: 0xfff1, productId: 0x8000 });
    await says(qr.id, 'failed', { error: 'DEVICE_NOT_FOUND' });
    const odd = await began('1234567891234567856718');
    expect(odd.code).toBe('1234567891234567856718');
    expect(await attempt(odd.id)).toMatchObject({ codeKind: 'other' });
  });

  it('refuses a wrong code before the credential is looked at, names the field and the reason, and not the code', async () => {
    for (const [code, reason] of [
      ['34970121332', 'check-digit'],
      ['3497011233', 'length'],
      ['mt:Y.K9042C00KA0648G00', 'prefix'],
      ['83610875351', 'version'],
      ['3497O112332', 'characters'],
    ] as const) {
      const reply = await commission(code, {});
      expect([reply.status, reply.body.error]).toEqual([400, 'Bad Request']);
      expect(reply.body.details).toEqual([
        { field: 'commissioningCode', message: expect.stringMatching(new RegExp(`^${reason}: `)) },
      ]);
      expect(JSON.stringify(reply.body)).not.toContain(code);
    }
    for (const code of [34970112332, null, '', {}])
      expect((await commission(code)).body.details[0].field).toBe('commissioningCode');
    expect((await commission(good, {})).status).toBe(401);
    expect(await list()).toEqual([]);
  });

  it('answers 404 for a hub that nobody has, uuid or not, and 400 when the ids differ', async () => {
    for (const id of [randomUUID(), 'example_string'])
      expect((await commission(good, undefined, id)).status).toBe(404);
    const reply = await send(url, 'POST', `/hubs/${hub.id}/CommissionDevice`, {
      token: kim.token,
      body: { hubId: randomUUID(), commissioningCode: good },
    });
    expect([reply.status, reply.body.details[0].field]).toEqual([400, 'hubId']);
  });

  it('makes a lock behind the hub of a door lock that was paired, step by step', async () => {
    const { id } = await began();
    await says(id, 'accepted', { step: 'locating' });
    await says(id, 'pairing');
    await says(id, 'succeeded', { device });
    const done = await attempt(id);
    expect(done).toMatchObject({ status: 'succeeded', attestation: 'test', late: false, step: 'pairing' });
    const [lock] = await db.select().from(locks).where(eq(locks.id, done.lockId));
    expect(lock).toMatchObject({ homeId: home.id, hubId: hub.id, name: 'Back door' });
    expect(done.deviceId).toBe(`lock-${lock?.uuid}`);
    const [event] = await db.select().from(domainEvents).where(eq(domainEvents.aggregateId, done.deviceId));
    expect(event).toMatchObject({
      aggregateType: 'matter-device',
      version: 1,
      type: 'MatterDeviceCreated',
      data: {
        deviceId: done.deviceId,
        thingName: done.deviceId,
        hubId: hub.id,
        deviceType: 'door-lock',
        createdAt: time,
      },
    });
    expect((await told()).map(({ status, step }) => [status, step ?? ''])).toEqual([
      ['pending', ''],
      ['sent', ''],
      ['accepted', 'locating'],
      ['accepted', 'pairing'],
      ['succeeded', 'pairing'],
    ]);
    // The hub speaks for its new lock without signing in again.
    const door = await until(async () => {
      await plugged.reportFor(done.deviceId, { '1/257/0': 1, available: true });
      const reply = await send(url, 'GET', `/locks/${done.lockId}`, { token: kim.token });
      return reply.body.bolt === 'locked' && reply;
    });
    expect(door.body).toMatchObject({ bolt: 'locked', name: 'Back door' });
    expect((await send(url, 'POST', `/locks/${done.lockId}/OpenLock`, { token: kim.token })).status).toBe(
      200,
    );
  });

  it('makes no lock of a device that is none', async () => {
    const { id } = await began();
    await says(id, 'succeeded', { device: { id: '18', deviceType: 'dimmable-light', uuid: randomUUID() } });
    const done = await attempt(id);
    expect(done).not.toHaveProperty('lockId');
    const [row] = await db.select().from(matterDevices).where(eq(matterDevices.id, done.deviceId));
    expect(row).toMatchObject({ hubId: hub.id, deviceType: 'dimmable-light', lockId: null });
  });

  it('takes in no lock that the project has no room for: the pairing has failed and says so, the next is taken in', async () => {
    const limit = (maxLocksPerHome: number) =>
      db.update(projects).set({ quotas: { maxLocksPerHome } }).where(eq(projects.id, kim.user.projectId));
    await factory.lock(home.id);
    await limit(1);
    const beyond = await began();
    await says(beyond.id, 'accepted', { step: 'pairing' });
    await says(beyond.id, 'succeeded', { device });
    const refused = await attempt(beyond.id);
    expect(refused).toMatchObject({
      ...{ status: 'failed', step: 'pairing', error: 'QUOTA_REACHED' },
      ...{ message: expect.stringContaining('maxLocksPerHome'), late: false },
    });
    expect(refused).not.toHaveProperty('lockId');
    expect((await told()).map(({ status }) => status).slice(-2)).toEqual(['accepted', 'failed']);
    expect(await db.select().from(locks).where(eq(locks.hubId, hub.id))).toEqual([]);
    expect(await db.select().from(matterDevices).where(eq(matterDevices.hubId, hub.id))).toEqual([]);
    // The hub's report is kept and it is free for the next, which finds room.
    await limit(2);
    const next = await began();
    await says(next.id, 'succeeded', { device });
    expect(await attempt(next.id)).toMatchObject({ status: 'succeeded', lockId: expect.any(Number) });
  });

  it('tells an end once, however often and in whatever order the hub reports', async () => {
    const { id } = await began();
    for (let turn = 0; turn < 3; turn += 1) await says(id, 'succeeded', { device });
    await says(id, 'accepted', { step: 'locating' });
    await says(id, 'failed', { error: 'DEVICE_NOT_FOUND' });
    expect(await attempt(id)).toMatchObject({ status: 'succeeded' });
    expect((await told()).map(({ status }) => status)).toEqual(['pending', 'sent', 'succeeded']);
    expect(await db.select().from(matterDevices).where(eq(matterDevices.hubId, hub.id))).toHaveLength(1);
    expect(await db.select().from(locks).where(eq(locks.hubId, hub.id))).toHaveLength(1);
  });

  it('gives the same lock for the same device paired again', async () => {
    const first = await began();
    await says(first.id, 'succeeded', { device });
    const second = await began();
    await says(second.id, 'succeeded', { device });
    expect((await attempt(second.id)).lockId).toBe((await attempt(first.id)).lockId);
    expect(await db.select().from(locks).where(eq(locks.hubId, hub.id))).toHaveLength(1);
  });

  it('never takes a lock from another home or hub, whatever uuid a hub names', async () => {
    const theirs = await factory.home(await factory.person((await factory.project()).id));
    const foreign = await factory.lock(theirs.id);
    const neighbour = await factory.lock(home.id);
    for (const uuid of [foreign.uuid, neighbour.uuid]) {
      const { id } = await began();
      await says(id, 'succeeded', { device: { ...device, id: uuid, uuid } });
      const done = await attempt(id);
      expect(done.lockId).not.toBe(foreign.id);
      expect(done.lockId).not.toBe(neighbour.id);
      expect(done.deviceId).not.toBe(`lock-${uuid}`);
    }
    const [row] = await db.select().from(locks).where(eq(locks.id, foreign.id));
    expect([row?.homeId, row?.hubId]).toEqual([theirs.id, null]);
  });

  it('passes over reports of commands that nobody knows, of another hub, and of no sense', async () => {
    const { id } = await began();
    const other = await factory.hub(home);
    const stranger = await factory.virtualHub(other);
    await stranger.report({ command: { id, state: 'succeeded', device } });
    await stranger.end();
    for (const command of [
      { id: randomUUID(), state: 'succeeded', device },
      { id: 'x', state: 'succeeded' },
      { id, state: 'opened' },
      { id: [id], state: 'failed' },
      'succeeded',
    ])
      await plugged.report({ command });
    expect(await attempt(id)).toMatchObject({ status: 'sent' });
    expect(await db.select().from(matterDevices).where(eq(matterDevices.hubId, other.id))).toEqual([]);
  });

  it('pairs one device at a time: of two at once one gets HUB_BUSY, and the next may come after the end', async () => {
    const replies = await Promise.all([commission(), commission()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const busy = replies.find(({ status }) => status === 409);
    expect(busy?.body).toMatchObject({ success: false, error: 'Conflict', code: 409 });
    expect(busy?.body.message).toContain('HUB_BUSY');
    const { id } = await plugged.commands.next();
    await says(id, 'failed', { error: 'WRONG_PASSCODE', message: `code ${good} is wrong` });
    expect(await attempt(id)).toMatchObject({
      status: 'failed',
      error: 'WRONG_PASSCODE',
      message: 'code … is wrong',
    });
    expect((await commission()).status).toBe(200);
  });

  it('expires, is not in the way of the next, and the code is gone from the shadow', async () => {
    const { id } = await began();
    expect(await plugged.standing()).toMatchObject({ id, code: good });
    await outrun(id);
    await until(async () => (await attempt(id)).status === 'expired');
    await until(isClear);
    expect((await commission()).status).toBe(200);
  });

  it('keeps a success that comes after the expiry as late: the attempt stays expired, the device is there', async () => {
    const { id } = await began();
    await outrun(id);
    await until(async () => (await attempt(id)).status === 'expired');
    await says(id, 'succeeded', { device });
    await says(id, 'succeeded', { device });
    const late = await attempt(id);
    expect(late).toMatchObject({ status: 'expired', late: true, lockId: time });
    expect((await told()).map(({ status }) => status)).toEqual(['pending', 'sent', 'expired', 'expired']);
  });

  it('leaves the code nowhere: not in the shadow, not in any table, not in what homes and callers are told', async () => {
    // A code that no other test has, so that finding it means something.
    const code = writeManualCode({
      passcode: 71_828_182,
      shortDiscriminator: 9,
      vendorId: 4_711,
      productId: 815,
    });
    const reply = await commission(code);
    const { id } = await plugged.commands.next();
    await says(id, 'accepted');
    await says(id, 'succeeded', { device, message: code });
    await until(isClear);
    const everything: string[] = [
      JSON.stringify(reply.body),
      JSON.stringify(await list()),
      JSON.stringify(await told()),
    ];
    const tables = await db.execute<{ name: string }>(
      sql`select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const rows = await db.execute<{ text: string }>(
        sql`select t::text as text from ${sql.raw(name)} t where t::text like ${`%${code}%`}`,
      );
      everything.push(...rows.map(({ text }) => `${name}: ${text}`));
    }
    expect(tables.length).toBeGreaterThan(20);
    expect(everything.filter((text) => text.includes(code))).toEqual([]);
    expect(everything.filter((text) => text.includes('71828182'))).toEqual([]);
  });

  it('ends with the suspension of its hub, and a suspended hub is told nothing', async () => {
    const { id } = await began();
    await send(url, 'POST', `/hubs/${hub.id}/SuspendHub`, {
      token: kim.token,
      body: { hubId: hub.id, reason: 'stolen', userId: String(kim.user.id) },
    });
    expect(await attempt(id)).toMatchObject({ status: 'failed', error: 'HUB_SUSPENDED' });
    const reply = await commission();
    expect([reply.status, reply.body.message]).toEqual([502, 'The hub is suspended.']);
  });

  it('is for owners and members and for keys of the organisation; a foreign hub is as one that is not there', async () => {
    const member = await factory.person(kim.user.projectId);
    const guest = await factory.person(kim.user.projectId);
    await factory.member(home.id, member, 'member');
    await factory.member(home.id, guest, 'guest');
    const stranger = await factory.person((await factory.project()).id);
    const { key } = await factory.orgKey(kim.user.projectId);
    expect((await commission(good, { token: guest.token })).status).toBe(403);
    const foreign = await commission(good, { token: stranger.token });
    const random = await commission(good, { token: stranger.token }, randomUUID());
    expect([foreign.status, foreign.body]).toEqual([404, random.body]);
    expect((await commission(good, { token: member.token })).status).toBe(200);
    await says((await plugged.commands.next()).id, 'failed');
    expect((await commission(good, { apiKey: key })).status).toBe(200);
    for (const credentials of [{ token: guest.token }, { token: stranger.token }])
      expect((await send(url, 'GET', `/hubs/${hub.id}/commissionings`, credentials)).status).toBeGreaterThan(
        402,
      );
  });

  it('pages through what was tried, newest first', async () => {
    const ids: unknown[] = [];
    for (let turn = 0; turn < 22; turn += 1) {
      const { id } = await began();
      await says(id, 'failed');
      ids.unshift(id);
    }
    const page = (after = '') =>
      send(url, 'GET', `/hubs/${hub.id}/commissionings${after}`, { token: kim.token });
    const first = await page();
    const second = await page(`?after=${first.body.next}`);
    expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(ids);
    expect(second.body.next).toBeNull();
    expect((await page('?after=x')).status).toBe(400);
    expect(
      (await send(url, 'GET', `/hubs/${hub.id}/commissionings/${randomUUID()}`, { token: kim.token })).status,
    ).toBe(404);
  });
});
