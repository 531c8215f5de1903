import { and, asc, eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { auditEntries, projects } from '@/drizzle/schema';
import { type Credentials, send } from '@/server/testing/api-client';
import type { Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';
import { sampleReceiverAnswer, startReceiver } from '@/server/testing/webhook-receiver';

const factory = ground();
const { db } = factory.deps;
const nobodys = 900_000_000_000_001;
const uuid = '3f1f5c1e-8a53-4f0e-9a53-5b7e0f6f1c11';

describe.each(gateway())('settings of a project ($name)', ({ url }) => {
  let ours: number;
  let elsewhere: number;
  let [all, admin, support]: Staff[] = [];
  beforeAll(async () => {
    [ours, elsewhere] = [(await factory.project()).id, (await factory.project()).id];
    [all, admin, support] = [
      await factory.staff('admin', 'all'),
      await factory.staff('admin', [ours]),
      await factory.staff('support', [ours]),
    ];
  });
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const by = (who: Staff | undefined, method: string, path: string, body?: object) =>
    send(url, method, `/staff/projects${path}`, { ...who?.caller, ...(body === undefined ? {} : { body }) });
  const at = (path: string) => `/${ours}${path}`;
  const shown = async (who = admin) => (await by(who, 'GET', at(''))).body;
  /** What was done to the project last, as the audit has it. */
  const lastDeed = async (projectId = ours) =>
    (
      await db
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.projectId, projectId), eq(auditEntries.actorKind, 'staff')))
        .orderBy(asc(auditEntries.id))
    ).at(-1);
  const deedOf = (who: Staff | undefined, action: string, subject?: string) => ({
    action,
    actorId: String(who?.account.id),
    actorName: who?.account.name,
    address: expect.any(String),
    ...(subject === undefined ? {} : { subjectId: subject }),
  });
  const statusWith = async (credentials: Credentials, path: string) =>
    (await send(url, 'GET', path, credentials)).status;

  const module = { id: 'hooks', moduleType: 'webhooks', eventUrl: 'https://example.com/evt' };
  const issuer = {
    issuer: 'https://id.example.com',
    audience: 'doors',
    jwksUrl: 'https://id.example.com/jwks',
  };
  /** Every operation that changes something or tells secrets. */
  const changes: [method: string, path: string, body?: object][] = [
    ['PATCH', '', { name: 'Renamed' }],
    ['POST', '/apps', { id: 'intruder' }],
    ['DELETE', '/apps/controller_app'],
    ['POST', '/device-classes', { id: 'intruder' }],
    ['PATCH', '/device-classes/lamp', { description: 'changed' }],
    ['POST', '/keys', { name: 'intruder', permissions: ['admin'] }],
    ['DELETE', '/keys/1'],
    ['POST', '/org-keys'],
    ['DELETE', `/org-keys/${uuid}`],
    ['POST', '/modules', module],
    ['PATCH', '/modules/hooks', { suspended: true }],
    ['POST', '/modules/hooks/test'],
    ['POST', '/modules/hooks/deliveries/1/replay', { reason: 'because' }],
    ['POST', '/devices', { deviceClass: 'lamp', count: 1 }],
    ['GET', '/device-labels?from=1&to=2'],
    ['POST', '/issuers', issuer],
    ['DELETE', '/issuers/1'],
    ['PUT', '/messages/smsCode/en', { body: '{{code}}' }],
    ['DELETE', '/messages/smsCode/en'],
    ['POST', '/messages/smsCode/en/preview', { body: '{{code}}' }],
    ['POST', '/messages/smsCode/en/test', { body: '{{code}}' }],
  ];
  it.each(changes)(
    '%s …%s is refused to support, and is not there in another project',
    async (method, path, body) => {
      const before = await lastDeed(elsewhere);
      expect((await by(support, method, `/${ours}${path}`, body)).status).toBe(403);
      for (const [who, project] of [
        [support, elsewhere],
        [admin, elsewhere],
        [all, nobodys],
      ] as const) {
        const { status, body: told } = await by(who, method, `/${project}${path}`, body);
        expect({ status, told }).toEqual({ status: 404, told: { reason: 'NOT_FOUND' } });
      }
      expect((await by(undefined, method, `/${ours}${path}`, body)).status).toBe(401);
      expect(await lastDeed(elsewhere)).toEqual(before);
    },
  );

  it('are listed and read by the staff of the project, and by nobody else', async () => {
    const ids = async (who: Staff | undefined) =>
      (await by(who, 'GET', '')).body.items.map(({ id }: { id: number }) => id);
    expect(await ids(support)).toEqual([ours]);
    expect(await ids(all)).toEqual(expect.arrayContaining([ours, elsewhere]));
    expect((await by(undefined, 'GET', '')).status).toBe(401);
    expect(await shown(support)).toMatchObject({
      id: ours,
      name: 'Test project',
      accountType: 'email',
      provisioning: 'pre',
      onlyOwnersManageMembers: false,
      allowPrivateWebhooks: false,
      maxUsers: null,
      apps: [{ id: 'controller_app' }],
      keys: [],
    });
    for (const path of ['', '/modules/hooks/deliveries'])
      expect((await by(support, 'GET', `/${elsewhere}${path}`)).status).toBe(404);
    const key = await factory.projectKey(ours, ['admin']);
    expect(await statusWith({ token: key.key }, `/staff/projects/${ours}`)).toBe(403);
  });

  it('change what may change, and say what it was before', async () => {
    const wanted = { name: 'Harbour', onlyOwnersManageMembers: true, maxUsers: 5, maxHomes: null };
    expect((await by(admin, 'PATCH', at(''), wanted)).status).toBe(204);
    expect(await shown()).toMatchObject(wanted);
    expect(await lastDeed()).toMatchObject({
      ...deedOf(admin, 'project.update'),
      data: {
        from: { name: 'Test project', onlyOwnersManageMembers: false, maxUsers: null },
        to: { name: 'Harbour', onlyOwnersManageMembers: true, maxUsers: 5 },
      },
    });
    const before = await lastDeed();
    expect((await by(admin, 'PATCH', at(''), wanted)).status).toBe(204);
    expect((await by(admin, 'PATCH', at(''), { accountType: 'phone' })).status).toBe(204);
    expect((await shown()).accountType).toBe('email');
    expect(await lastDeed()).toEqual(before);
    expect((await by(admin, 'PATCH', at(''), { maxUsers: null })).status).toBe(204);
    expect((await shown()).maxUsers).toBe(null);
  });

  it('let only administrators of every project open the network of the installation to webhooks', async () => {
    const open = { allowPrivateWebhooks: true };
    expect(await by(admin, 'PATCH', at(''), open)).toMatchObject({
      status: 403,
      body: { reason: 'EVERY_PROJECT_ONLY' },
    });
    expect((await shown()).allowPrivateWebhooks).toBe(false);
    expect((await by(all, 'PATCH', at(''), open)).status).toBe(204);
    expect((await shown()).allowPrivateWebhooks).toBe(true);
  });

  const wrong: [path: string, body: object, field: string][] = [
    ['', { name: '' }, 'name'],
    ['', { maxUsers: -1 }, 'maxUsers'],
    ['', { maxHomes: 1.5 }, 'maxHomes'],
    ['', { quotas: { maxLocks: -1 } }, 'quotas.maxLocks'],
    ['', { quotas: { maxDoors: 1 } }, 'quotas'],
    ['', { onlyOwnersManageMembers: 'yes' }, 'onlyOwnersManageMembers'],
    ['/apps', { id: 'two words' }, 'id'],
    ['/apps', { id: 'controller_app' }, 'id'],
    ['/device-classes', {}, 'id'],
    ['/keys', { name: 'x', permissions: ['root'] }, 'permissions'],
    ['/keys', { permissions: [] }, 'name'],
    ['/modules', { ...module, moduleType: 'tsdb' }, 'moduleType'],
    ['/modules', { ...module, eventUrl: 'ftp://example.com' }, 'eventUrl'],
    ['/modules', { ...module, eventUrl: undefined }, 'eventUrl'],
    ['/modules', { ...module, subscribedEvents: [] }, 'subscribedEvents'],
    ['/devices', { deviceClass: 'none', count: 1 }, 'deviceClass'],
    ['/devices', { deviceClass: 'lamp', count: 0 }, 'count'],
    ['/devices', { deviceClass: 'lamp', count: 1001 }, 'count'],
    ['/devices', { deviceClass: 'lamp', count: 1, tagPrefix: '=cmd' }, 'tagPrefix'],
    ['/messages/smsCode/en/test', { body: 'no code' }, 'body'],
    ['/messages/smsCode/en/preview', { body: '{{code}} {{name}}' }, 'body'],
    ['/messages/invitation/en/preview', { subject: '{{link}}', body: '{{link}}' }, 'subject'],
    ['/issuers', { ...issuer, jwksUrl: 'http://id.example.com/jwks' }, 'jwksUrl'],
    ['/issuers', { ...issuer, issuer: 'latchkey' }, 'issuer'],
  ];
  it.each(wrong)('%s with %j is refused by name', async (path, body, field) => {
    const before = await lastDeed();
    const { status, body: told } = await by(admin, path === '' ? 'PATCH' : 'POST', at(path), body);
    expect(status).toBe(403);
    expect(JSON.stringify(told)).toContain(field);
    expect(await lastDeed()).toEqual(before);
  });

  it('add and remove apps, of which one stays', async () => {
    const made = await by(admin, 'POST', at('/apps'), { id: 'hall_tablet', description: 'On the wall' });
    expect(made).toMatchObject({ status: 201, body: { id: 'hall_tablet', description: 'On the wall' } });
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'app.create', 'hall_tablet'));
    expect((await by(admin, 'DELETE', at('/apps/controller_app'))).status).toBe(204);
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'app.remove', 'controller_app'));
    expect((await shown()).apps.map(({ id }: { id: string }) => id)).toEqual(['hall_tablet']);
    expect(await by(admin, 'DELETE', at('/apps/hall_tablet'))).toMatchObject({
      status: 409,
      body: { reason: 'LAST_APP' },
    });
    expect((await by(admin, 'DELETE', at('/apps/controller_app'))).status).toBe(404);
    await by(admin, 'POST', at('/apps'), { id: 'controller_app' });
  });

  it('add device classes and change what is said of them', async () => {
    expect((await by(admin, 'POST', at('/device-classes'), { id: 'lamp' })).status).toBe(201);
    expect(await by(admin, 'POST', at('/device-classes'), { id: 'lamp' })).toMatchObject({
      status: 403,
      body: { reason: 'ID_TAKEN' },
    });
    const change = { description: 'Lamps of the hall' };
    expect((await by(admin, 'PATCH', at('/device-classes/lamp'), change)).status).toBe(204);
    expect((await shown()).deviceClasses).toEqual([{ id: 'lamp', ...change }]);
    expect(await lastDeed()).toMatchObject({ ...deedOf(admin, 'deviceClass.update', 'lamp'), data: change });
    expect((await by(admin, 'PATCH', at('/device-classes/none'), change)).status).toBe(404);
  });

  it('make a project key that is shown once, works, and works no more from the moment it is revoked', async () => {
    const wanted = { name: 'Integrator', permissions: ['kv', 'kv', 'admin'] };
    const made = await by(admin, 'POST', at('/keys'), wanted);
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Integrator', permissions: ['kv', 'admin'] },
    });
    const { id, key } = made.body;
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'key.create', String(id)));
    const mine = async () => (await shown()).keys.find((one: { id: number }) => one.id === id);
    expect(await mine()).toEqual({
      id,
      name: 'Integrator',
      permissions: ['kv', 'admin'],
      creationTime: expect.any(String),
    });
    const users = `/users?projectId=${ours}`;
    expect(await statusWith({ token: key }, users)).toBe(200);
    await until(async () => (await mine()).lastUseTime !== undefined);
    expect(JSON.stringify(await shown())).not.toContain(key);
    const { body: settings } = await by(all, 'GET', `/${elsewhere}`);
    expect(settings.keys).toEqual([]);
    expect((await by(all, 'DELETE', `/${elsewhere}/keys/${id}`)).status).toBe(404);
    expect(await statusWith({ token: key }, users)).toBe(200);
    expect((await by(admin, 'DELETE', at(`/keys/${id}`))).status).toBe(204);
    expect(await statusWith({ token: key }, users)).toBe(401);
    expect(await mine()).toMatchObject({ revocationTime: expect.any(String) });
    expect((await by(admin, 'DELETE', at(`/keys/${id}`))).status).toBe(404);
    const told = await until(async () => {
      const lines = await db
        .select()
        .from(auditEntries)
        .where(and(eq(auditEntries.subjectKind, 'projectKey'), eq(auditEntries.subjectId, String(id))));
      return lines.length >= 3 && lines;
    });
    expect(told.map(({ action }) => action).sort()).toEqual(['key.create', 'key.revoke', 'key.use']);
    expect(JSON.stringify(told)).not.toContain(key);
  });

  it('make the key of the organisation in place of the one before, and revoke it with the tokens made from it', async () => {
    const first = (await by(admin, 'POST', at('/org-keys'))).body;
    const second = await by(admin, 'POST', at('/org-keys'));
    expect(second).toMatchObject({ status: 201, body: { id: expect.any(String), key: expect.any(String) } });
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'key.create', second.body.id));
    const { id, key } = second.body;
    expect(await statusWith({ apiKey: first.key }, '/hubs')).toBe(401);
    const token = (await send(url, 'POST', '/auth/token', { apiKey: key })).body.token;
    const each: Credentials[] = [{ apiKey: key }, { bearer: token }];
    for (const credentials of each) expect(await statusWith(credentials, '/hubs')).toBe(200);
    expect((await shown()).orgKeys.map((one: { id: string }) => one.id)).toEqual([id, first.id]);
    expect((await by(all, 'DELETE', `/${elsewhere}/org-keys/${id}`)).status).toBe(404);
    expect((await by(admin, 'DELETE', at(`/org-keys/${id}`))).status).toBe(204);
    for (const credentials of each) expect(await statusWith(credentials, '/hubs')).toBe(401);
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'key.revoke', id));
  });

  it('make a module whose test delivery is signed, whose log has it newest first, and replay it with a reason', async () => {
    await db.update(projects).set({ allowPrivateWebhooks: true }).where(eq(projects.id, ours));
    let status = 500;
    const receiver = await startReceiver((response) => response.writeHead(status).end());
    ends.push(receiver.stop);
    const made = await by(admin, 'POST', at('/modules'), { ...module, eventUrl: receiver.url });
    expect(made).toMatchObject({ status: 201, body: { id: 'hooks', suspended: false } });
    const { key } = made.body;
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'module.create', 'hooks'));
    expect((await shown()).modules).toMatchObject([{ id: 'hooks', eventUrl: receiver.url }]);
    expect((await shown(support)).modules[0]).not.toHaveProperty('eventUrl');
    for (const who of [admin, support]) expect(JSON.stringify(await shown(who))).not.toContain(key);
    status = 200;
    const test = await by(admin, 'POST', at('/modules/hooks/test'));
    expect(test.status).toBe(201);
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'webhook.test', 'hooks'));
    await until(async () => receiver.received.length === 1);
    const [got] = receiver.received;
    if (got === undefined) throw new Error('nothing was received');
    expect(sampleReceiverAnswer({ url: receiver.url, key }, got)).toBe(200);
    expect(JSON.parse(got.body.toString())).toMatchObject({ eventType: '_webhookTest_' });

    const log = async (query = '') =>
      (await by(support, 'GET', at(`/modules/hooks/deliveries${query}`))).body;
    await until(async () => (await log()).items[0]?.status === 'delivered');
    const replay = (id: number, body = { reason: 'Their server was down' }) =>
      by(admin, 'POST', at(`/modules/hooks/deliveries/${id}/replay`), body);
    expect((await replay(test.body.id, { reason: '' })).status).toBe(403);
    const again = await replay(test.body.id);
    expect(again.status).toBe(201);
    expect(await lastDeed()).toMatchObject({
      ...deedOf(admin, 'webhook.replay', String(test.body.id)),
      reason: 'Their server was down',
    });
    await until(async () => receiver.received.length === 2);
    expect(receiver.received[1]?.body.equals(got.body)).toBe(true);
    await until(async () =>
      (await log()).items.every((one: { status: string }) => one.status === 'delivered'),
    );
    const { items } = await log();
    expect(items).toMatchObject([
      { id: again.body.id, lastStatus: 200, attempts: 1 },
      { id: test.body.id, kind: 'event' },
    ]);
    expect(await log('?limit=1')).toMatchObject({
      items: [{ id: again.body.id }],
      next: String(again.body.id),
    });
    expect(await log(`?limit=1&before=${again.body.id}`)).toMatchObject({
      items: [{ id: test.body.id }],
      next: null,
    });

    expect((await by(admin, 'PATCH', at('/modules/hooks'), { suspended: true })).status).toBe(204);
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'module.suspend', 'hooks'));
    expect(await by(admin, 'POST', at('/modules/hooks/test'))).toMatchObject({ status: 409 });
    expect((await by(admin, 'PATCH', at('/modules/hooks'), { suspended: false })).status).toBe(204);
    for (const path of ['/modules/none/test', `/modules/hooks/deliveries/${nobodys}/replay`])
      expect((await by(admin, 'POST', at(path), { reason: 'because' })).status).toBe(404);
  });

  it('tell the owner of a home why a delivery of it was replayed', async () => {
    const kim = await factory.person(ours);
    const home = await factory.home(kim);
    await db.update(projects).set({ allowPrivateWebhooks: true }).where(eq(projects.id, ours));
    const receiver = await startReceiver();
    ends.push(receiver.stop);
    await by(admin, 'POST', at('/modules'), { ...module, id: 'homes', eventUrl: receiver.url });
    const device = await factory.device(ours, home.id);
    await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      body: { eventType: 'rang', eventData: {} },
    });
    const path = at('/modules/homes/deliveries');
    const first = async () => (await by(admin, 'GET', path)).body.items[0];
    await until(async () => (await first())?.status === 'delivered');
    expect(await first()).toMatchObject({ homeId: home.id });
    const reason = 'The bell did not ring';
    expect((await by(admin, 'POST', `${path}/${(await first()).id}/replay`, { reason })).status).toBe(201);
    const { items } = (await send(url, 'GET', `/homes/${home.id}/activity`, { token: kim.token })).body;
    expect(JSON.stringify(items)).toContain(reason);
  });

  it('make a batch of devices whose keys and codes work, and tell the codes again, not the keys', async () => {
    const { id } = await factory.project();
    const path = `/${id}`;
    await by(all, 'POST', `${path}/device-classes`, { id: 'bell' });
    const made = await by(all, 'POST', `${path}/devices`, {
      deviceClass: 'bell',
      count: 3,
      tagPrefix: 'SN 7',
    });
    expect(made.status).toBe(201);
    const { items } = made.body;
    expect(items.map(({ tag }: { tag: string }) => tag)).toEqual(['SN 7-0001', 'SN 7-0002', 'SN 7-0003']);
    expect(await lastDeed(id)).toMatchObject({
      ...deedOf(all, 'device.create-batch', 'bell'),
      data: { count: 3, first: items[0].id, last: items[2].id, tagPrefix: 'SN 7' },
    });
    const [first, second] = items;
    expect(await statusWith({ token: first.apiKey }, `/devices/${first.id}`)).toBe(200);
    const labels = async (query: string) =>
      (await by(all, 'GET', `${path}/device-labels?${query}`)).body.items.map(
        (one: { claimCode: string }) => one.claimCode,
      );
    const range = `from=${first.id}&to=${items[2].id}`;
    expect(await labels(range)).toEqual(items.map((one: { claimCode: string }) => one.claimCode));
    expect(await lastDeed(id)).toMatchObject(deedOf(all, 'device.read-claim-codes'));
    expect(await labels(`${range}&deviceClass=other`)).toEqual([]);
    expect((await by(all, 'GET', `/${elsewhere}/device-labels?${range}`)).body.items).toEqual([]);

    const kim = await factory.person(id);
    const home = await factory.home(kim);
    await send(url, 'POST', '/deviceRegistration', {
      token: second.apiKey,
      body: { deviceId: second.id, claimable: true, duration: 300 },
    });
    const claimed = await send(url, 'POST', '/devices', {
      token: kim.token,
      body: { homeId: home.id, claimCode: second.claimCode },
    });
    expect(claimed).toMatchObject({ status: 201, body: { id: second.id, tag: 'SN 7-0002' } });
    expect(await labels(range)).not.toContain(second.claimCode);
    const plain = await by(all, 'POST', `${path}/devices`, { deviceClass: 'bell', count: 1 });
    expect(plain.body.items[0]).not.toHaveProperty('tag');
  });

  it('make no devices by hand in a project that makes them on demand', async () => {
    const { id } = await factory.project('email', 'on-demand');
    await factory.deviceClass(id, 'lamp');
    expect(await by(all, 'POST', `/${id}/devices`, { deviceClass: 'lamp', count: 1 })).toMatchObject({
      status: 409,
      body: { reason: 'ON_DEMAND' },
    });
  });

  it('trust an identity provider and trust it no longer', async () => {
    const named = { ...issuer, audience: `doors-${ours}` };
    const made = await by(admin, 'POST', at('/issuers'), named);
    expect(made).toMatchObject({ status: 201, body: named });
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'issuer.create', String(made.body.id)));
    expect(await by(admin, 'POST', at('/issuers'), named)).toMatchObject({
      body: { reason: 'ISSUER_TAKEN' },
    });
    expect((await shown()).issuers).toMatchObject([named]);
    expect((await by(all, 'DELETE', `/${elsewhere}/issuers/${made.body.id}`)).status).toBe(404);
    expect((await by(admin, 'DELETE', at(`/issuers/${made.body.id}`))).status).toBe(204);
    expect((await shown()).issuers).toEqual([]);
    expect(await lastDeed()).toMatchObject(deedOf(admin, 'issuer.remove', String(made.body.id)));
    expect((await by(admin, 'DELETE', at(`/issuers/${made.body.id}`))).status).toBe(404);
  });
});
