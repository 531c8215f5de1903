import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { devices, homes } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { random } from '@/server/testing/permission-world';
import { listenToBus } from '@/server/testing/told';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe.each(gateway())('/devices ($name)', ({ url }) => {
  let kim: Person;
  let homeId: number;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
    homeId = (await factory.home(kim)).id;
  });
  const rowOf = async (id: number) => (await db.select().from(devices).where(eq(devices.id, id)))[0];
  const deviceOf = (place: number | undefined = homeId) => factory.device(kim.user.projectId, place);

  it('GET shows what there is and leaves out what there is not', async () => {
    const device = await deviceOf();
    const bare = await send(url, 'GET', `/devices/${device.id}`, { token: kim.token });
    expect(bare.status).toBe(200);
    expect(bare.body).toEqual({
      id: device.id,
      projectId: kim.user.projectId,
      homeId,
      deviceClass: 'smart_light',
      isConnected: false,
      creationTime: milliseconds,
    });
    const at = new Date('2026-03-04T05:06:07.890Z');
    await db
      .update(devices)
      .set({
        name: 'Lamp',
        tag: 'SN-1',
        isConnected: true,
        claimTime: at,
        claimExpirationTime: at,
        lastConnectTime: at,
        lastDisconnectTime: at,
        lastCommandTime: at,
        lastEventTime: at,
      })
      .where(eq(devices.id, device.id));
    const full = await send(url, 'GET', `/devices/${device.id}`, { token: kim.token });
    expect(full.body).toEqual({
      ...bare.body,
      name: 'Lamp',
      tag: 'SN-1',
      isConnected: true,
      claimTime: '2026-03-04T05:06:07Z',
      claimExpirationTime: '2026-03-04T05:06:07Z',
      lastConnectTime: '2026-03-04T05:06:07.890Z',
      lastDisconnectTime: '2026-03-04T05:06:07.890Z',
      lastCommandTime: '2026-03-04T05:06:07.890Z',
      lastEventTime: '2026-03-04T05:06:07.890Z',
    });
  });

  it('GET shows the claim code to an administrator and the API key to nobody', async () => {
    const device = await deviceOf();
    const plain = await factory.projectKey(kim.user.projectId, ['commands', 'events', 'kv', 'byou']);
    const admin = await factory.projectKey(kim.user.projectId, ['admin']);
    for (const [token, claimCode] of [
      [kim.token, undefined],
      [device.apiKey, undefined],
      [plain.key, undefined],
      [admin.key, device.claimCode],
    ] as const) {
      const { status, body } = await send(url, 'GET', `/devices/${device.id}`, { token });
      expect(status).toBe(200);
      expect(body.id).toBe(device.id);
      expect(body.claimCode).toBe(claimCode);
      expect(body).not.toHaveProperty('apiKey');
    }
  });

  it('GET lists the devices of a home, oldest first', async () => {
    const home = await factory.home(kim, 'Hut');
    expect((await send(url, 'GET', `/devices?homeId=${home.id}`, { token: kim.token })).body).toEqual([]);
    const made = [await deviceOf(home.id), await deviceOf(home.id)];
    await deviceOf();
    const key = await factory.projectKey(kim.user.projectId, []);
    for (const token of [kim.token, key.key]) {
      const { status, body } = await send(url, 'GET', `/devices?homeId=${home.id}`, { token });
      expect(status).toBe(200);
      expect(body.map(({ id }: { id: number }) => id)).toEqual(made.map(({ id }) => id));
    }
  });

  it('GET of a list needs a home that one may see; a foreign one answers as one that is not there', async () => {
    const stranger = await factory.person((await factory.project()).id);
    const foreign = await factory.home(stranger);
    for (const [query, reason] of [
      ['', 'MISSING_PARAMETERS'],
      ['?homeId=', 'INVALID_PARAMETER'],
      ['?homeId=x', 'INVALID_PARAMETER'],
      ['?homeId=0', 'INVALID_PARAMETER'],
      [`?homeId=${random}`, 'INVALID_HOME_ID'],
      [`?homeId=${foreign.id}`, 'INVALID_HOME_ID'],
    ]) {
      const reply = await send(url, 'GET', `/devices${query}`, { token: kim.token });
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({
        reason,
        data: { details: [{ field: 'homeId', message: expect.any(String) }] },
      });
    }
    const neighbour = await factory.person(kim.user.projectId);
    const reply = await send(url, 'GET', `/devices?homeId=${homeId}`, { token: neighbour.token });
    expect(reply.status).toBe(403);
    expect(reply.body).toEqual({ reason: 'MEMBERS_ONLY' });
  });

  it('PATCH changes name and tag; what cannot be changed is ignored', async () => {
    const device = await deviceOf();
    const before = await rowOf(device.id);
    const other = await factory.home(kim, 'Other');
    const reply = await send(url, 'PATCH', `/devices/${device.id}`, {
      token: kim.token,
      body: {
        name: ' Lampe på loftet ',
        tag: 'SN-2',
        homeId: other.id,
        deviceClass: 'x',
        claimCode: 'x',
        id: 1,
      },
    });
    expect(reply.status).toBe(204);
    expect(reply.body).toBeUndefined();
    expect(await rowOf(device.id)).toEqual({ ...before, name: 'Lampe på loftet', tag: 'SN-2' });
    const nothing = await send(url, 'PATCH', `/devices/${device.id}`, {
      token: kim.token,
      body: { name: null, tag: null, homeId: null },
    });
    expect(nothing.status).toBe(204);
    for (const [body, field] of [
      [{ name: '  ' }, 'name'],
      [{ name: 'x'.repeat(121) }, 'name'],
      [{ name: 1 }, 'name'],
      [{ name: 'a\u0000b' }, 'name'],
      [{ tag: 'x'.repeat(257) }, 'tag'],
      [{ homeId: 'x' }, 'homeId'],
    ] as const) {
      const bad = await send(url, 'PATCH', `/devices/${device.id}`, { token: kim.token, body });
      expect(bad.status).toBe(403);
      expect(bad.body.reason).toBe('INVALID_PARAMETER');
      expect(bad.body.data.details[0].field).toBe(field);
    }
    expect(await rowOf(device.id)).toMatchObject({ name: 'Lampe på loftet', tag: 'SN-2', homeId });
    const patch = (body: object) =>
      send(url, 'PATCH', `/devices/${device.id}`, { token: kim.token, body }).then(({ status }) => status);
    // As typed clients send what they leave alone, and forms what was emptied.
    expect(await patch({ name: 'Lamp', tag: '', homeId: 0 })).toBe(204);
    expect(await rowOf(device.id)).toMatchObject({ name: 'Lamp', tag: null, homeId });
    expect(await patch({ name: '' })).toBe(204);
    expect((await send(url, 'GET', `/devices/${device.id}`, { token: kim.token })).body).not.toHaveProperty(
      'name',
    );
  });

  it('PATCH by an administrator moves a device within its project; its old home loses it', async () => {
    const device = await deviceOf();
    const jo = await factory.person(kim.user.projectId);
    const target = await factory.home(jo);
    const { key } = await factory.projectKey(kim.user.projectId, ['admin']);
    const move = (to: number) =>
      send(url, 'PATCH', `/devices/${device.id}`, { token: key, body: { homeId: to } });
    const stranger = await factory.person((await factory.project()).id);
    for (const to of [random, (await factory.home(stranger)).id]) {
      const refused = await move(to);
      expect(refused.status).toBe(403);
      expect(refused.body.reason).toBe('INVALID_HOME_ID');
    }
    expect((await move(target.id)).status).toBe(204);
    expect((await move(target.id)).status).toBe(204);
    expect((await rowOf(device.id))?.homeId).toBe(target.id);
    expect((await send(url, 'GET', `/devices/${device.id}`, { token: kim.token })).body).toEqual({
      reason: 'MEMBERS_ONLY',
    });
    expect((await send(url, 'GET', `/devices/${device.id}`, { token: jo.token })).status).toBe(200);
  });

  it('DELETE takes a pre-provisioned device out of its home; it lives on', async () => {
    const device = await deviceOf();
    const remove = () => send(url, 'DELETE', `/devices/${device.id}`, { token: kim.token });
    const gone = await remove();
    expect(gone.status).toBe(204);
    expect(gone.body).toBeUndefined();
    expect((await remove()).body).toEqual({ reason: 'MEMBERS_ONLY' });
    const self = await send(url, 'GET', `/devices/${device.id}`, { token: device.apiKey });
    expect(self.status).toBe(200);
    expect(self.body).not.toHaveProperty('homeId');
    const { key } = await factory.projectKey(kim.user.projectId, ['admin']);
    expect((await send(url, 'DELETE', `/devices/${device.id}`, { token: key })).status).toBe(403);
    expect((await send(url, 'DELETE', `/devices/${device.id}`, { token: device.apiKey })).status).toBe(403);
  });

  it('DELETE destroys a device made on demand and ends its key at once', async () => {
    const bus = await listenToBus();
    const device = await deviceOf();
    await db.update(devices).set({ isOnDemand: true }).where(eq(devices.id, device.id));
    await send(url, 'PUT', `/devices/${device.id}/kv/a`, { token: device.apiKey, body: { value: 1 } });
    expect((await send(url, 'DELETE', `/devices/${device.id}`, { token: kim.token })).status).toBe(204);
    expect(await rowOf(device.id)).toBeUndefined();
    expect((await send(url, 'GET', `/devices/${device.id}`, { token: device.apiKey })).status).toBe(401);
    expect((await send(url, 'GET', `/devices/${device.id}`, { token: kim.token })).status).toBe(404);
    expect((await send(url, 'DELETE', `/devices/${device.id}`, { token: kim.token })).status).toBe(404);
    await expect
      .poll(() => bus.revocations, { timeout: 30_000 })
      .toContainEqual({ kind: 'device', id: device.id });
  });

  it('a deleted home leaves its devices homeless and alive', async () => {
    const home = await factory.home(kim);
    const device = await deviceOf(home.id);
    expect((await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token })).status).toBe(204);
    expect((await rowOf(device.id))?.homeId).toBeNull();
    const self = await send(url, 'GET', `/devices/${device.id}`, { token: device.apiKey });
    expect(self.status).toBe(200);
    expect((await send(url, 'GET', `/devices?homeId=${home.id}`, { token: kim.token })).body.reason).toBe(
      'INVALID_HOME_ID',
    );
  });

  it('a home that is switched off shows its devices and lets nobody use them', async () => {
    const home = await factory.home(kim);
    const device = await deviceOf(home.id);
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    const call = (method: string, rest: string, body?: object) =>
      send(url, method, `/devices/${device.id}${rest}`, { token: kim.token, ...(body ? { body } : {}) });
    expect((await call('GET', '')).status).toBe(200);
    for (const reply of [
      await call('PATCH', '', { name: 'x' }),
      await call('PUT', '/command', { action: 'x' }),
      await call('PUT', '/kv/x', { value: 1 }),
      await call('DELETE', ''),
    ]) {
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({ reason: 'PERMISSION_DENIED' });
    }
  });
});
