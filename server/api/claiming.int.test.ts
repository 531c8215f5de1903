import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { devices } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { random } from '@/server/testing/permission-world';

const factory = ground();
const { db } = factory.deps;
const seconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

describe.each(gateway())('claiming a device ($name)', ({ url }) => {
  let kim: Person;
  let homeId: number;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
    homeId = (await factory.home(kim)).id;
  });
  const rowOf = async (id: number) => (await db.select().from(devices).where(eq(devices.id, id)))[0];
  const register = (device: { id: number; apiKey: string }, fields: object = {}) =>
    send(url, 'POST', '/deviceRegistration', {
      token: device.apiKey,
      body: { deviceId: device.id, claimable: true, duration: 60, ...fields },
    });
  const claim = (claimCode: string, at = homeId, token = kim.token) =>
    send(url, 'POST', '/devices', { token, body: { homeId: at, claimCode } });

  it('a device opens itself to be claimed, for as long as it says, and ends that', async () => {
    const device = await factory.device(kim.user.projectId);
    const multipart = new FormData();
    for (const [name, value] of [
      ['deviceId', String(device.id)],
      ['claimable', '1'],
      ['duration', '600'],
    ] as const)
      multipart.set(name, value);
    for (const [body, wantedSeconds] of [
      [{ deviceId: device.id, claimable: true, duration: 60 }, 60],
      [{ deviceId: String(device.id), claimable: 1 }, 300],
      [form({ deviceId: String(device.id), claimable: 'true', duration: '86400' }), 86_400],
      [multipart, 600],
      [form({ deviceId: String(device.id), claimable: '1', duration: '' }), 300],
      // Two days are asked for, and one is granted.
      [{ deviceId: device.id, claimable: true, duration: 172_800 }, 86_400],
    ] as const) {
      const before = Date.now();
      const reply = await send(url, 'POST', '/deviceRegistration', { token: device.apiKey, body });
      const after = Date.now();
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({ claimExpirationTime: seconds });
      const until = Date.parse(reply.body.claimExpirationTime);
      expect(until).toBeGreaterThan(before + wantedSeconds * 1000 - 1000);
      expect(until).toBeLessThanOrEqual(after + wantedSeconds * 1000);
    }
    for (const claimable of [false, 0, 'false', '0'] as const) {
      await register(device);
      const ended = await register(device, { claimable, duration: claimable === 0 ? -1 : undefined });
      expect(ended.status).toBe(200);
      expect(ended.body).toEqual({});
      expect((await claim(device.claimCode)).body.reason).toBe('DEVICE_NOT_CLAIMABLE');
    }
  });

  it('registration is for the device alone, and for nobody in its name', async () => {
    const device = await factory.device(kim.user.projectId);
    const other = await factory.device(kim.user.projectId);
    const foreign = await factory.device((await factory.project()).id);
    const { key } = await factory.projectKey(kim.user.projectId, ['admin']);
    for (const [token, deviceId] of [
      [device.apiKey, other.id],
      [device.apiKey, foreign.id],
      [device.apiKey, random],
      [kim.token, device.id],
      [key, device.id],
    ] as const) {
      const reply = await send(url, 'POST', '/deviceRegistration', {
        token,
        body: { deviceId, claimable: true },
      });
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({ reason: 'PERMISSION_DENIED' });
    }
    const nobody = await send(url, 'POST', '/deviceRegistration', {
      body: { deviceId: device.id, claimable: true },
    });
    expect(nobody.status).toBe(401);
    const project = await factory.project('email', 'on-demand');
    const made = await factory.device((await factory.project()).id);
    await db.update(devices).set({ projectId: project.id }).where(eq(devices.id, made.id));
    expect((await register(made)).body).toEqual({ reason: 'OPERATION_NOT_ALLOWED' });
  });

  it('registration says by field what is wrong', async () => {
    const device = await factory.device(kim.user.projectId);
    for (const [body, reason, field] of [
      [{}, 'MISSING_PARAMETERS', 'deviceId'],
      [{ deviceId: device.id }, 'MISSING_PARAMETERS', 'claimable'],
      [{ deviceId: 'x', claimable: true }, 'INVALID_PARAMETER', 'deviceId'],
      [{ deviceId: device.id, claimable: 'yes' }, 'INVALID_PARAMETER', 'claimable'],
      [{ deviceId: device.id, claimable: true, duration: 0 }, 'INVALID_PARAMETER', 'duration'],
      [{ deviceId: device.id, claimable: true, duration: -1 }, 'INVALID_PARAMETER', 'duration'],
      [{ deviceId: device.id, claimable: true, duration: 1.5 }, 'INVALID_PARAMETER', 'duration'],
      [{ deviceId: device.id, claimable: true, duration: 'soon' }, 'INVALID_PARAMETER', 'duration'],
    ] as const) {
      const reply = await send(url, 'POST', '/deviceRegistration', { token: device.apiKey, body });
      expect({ body, status: reply.status, reason: reply.body.reason }).toEqual({
        body,
        status: 403,
        reason,
      });
      expect(reply.body.data.details[0].field).toBe(field);
    }
    expect((await rowOf(device.id))?.claimExpirationTime).toBeNull();
  });

  it('claims by code, however it is typed, and ends claim mode with it', async () => {
    const device = await factory.device(kim.user.projectId);
    expect(device.claimCode).toMatch(/^[A-HJ-NP-Z2-9]{4}(-[A-HJ-NP-Z2-9]{4}){2}$/);
    await register(device);
    const reply = await claim(` ${device.claimCode.replaceAll('-', ' ').toLowerCase()}`);
    expect(reply.status).toBe(201);
    expect(reply.body).toEqual({
      id: device.id,
      projectId: kim.user.projectId,
      homeId,
      deviceClass: 'smart_light',
      claimTime: seconds,
      isConnected: false,
      creationTime: expect.any(String),
    });
    const again = await claim(device.claimCode);
    expect(again.status).toBe(403);
    expect(again.body.reason).toBe('DEVICE_ALREADY_IN_HOME');
    await register(device);
    expect((await claim(device.claimCode)).body.reason).toBe('DEVICE_ALREADY_IN_HOME');
  });

  it('a claim from another home moves the device, while it is claimable and not else', async () => {
    const device = await factory.device(kim.user.projectId, homeId);
    const jo = await factory.person(kim.user.projectId);
    const target = await factory.home(jo);
    expect((await claim(device.claimCode, target.id, jo.token)).body.reason).toBe('DEVICE_NOT_CLAIMABLE');
    await register(device);
    await db
      .update(devices)
      .set({ claimExpirationTime: new Date(Date.now() - 1) })
      .where(eq(devices.id, device.id));
    expect((await claim(device.claimCode, target.id, jo.token)).body.reason).toBe('DEVICE_NOT_CLAIMABLE');
    await register(device);
    const moved = await claim(device.claimCode, target.id, jo.token);
    expect(moved.status).toBe(201);
    expect(moved.body.homeId).toBe(target.id);
    expect((await send(url, 'GET', `/devices/${device.id}`, { token: kim.token })).body).toEqual({
      reason: 'MEMBERS_ONLY',
    });
    const left = await send(url, 'DELETE', `/devices/${device.id}`, { token: jo.token });
    expect(left.status).toBe(204);
    await register(device);
    expect((await claim(device.claimCode)).status).toBe(201);
  });

  it('of two homes that claim at once one gets the device', async () => {
    const device = await factory.device(kim.user.projectId);
    const rivals = await Promise.all([1, 2, 3, 4].map(() => factory.home(kim)));
    await register(device);
    const replies = await Promise.all(rivals.map(({ id }) => claim(device.claimCode, id)));
    const told = replies.map(({ status, body }) => (status === 201 ? 'claimed' : body.reason)).sort();
    expect(told).toEqual(['DEVICE_NOT_CLAIMABLE', 'DEVICE_NOT_CLAIMABLE', 'DEVICE_NOT_CLAIMABLE', 'claimed']);
  });

  it('refuses a claim that cannot be, with its reason', async () => {
    const device = await factory.device(kim.user.projectId);
    await register(device);
    const foreign = await factory.device((await factory.project()).id);
    await register(foreign);
    const stranger = await factory.person((await factory.project()).id);
    const foreignHome = await factory.home(stranger);
    const guest = await factory.person(kim.user.projectId);
    await factory.member(homeId, guest, 'guest');
    const neighbour = await factory.person(kim.user.projectId);
    const { claimCode } = device;
    for (const [token, body, reason] of [
      [kim.token, {}, 'MISSING_PARAMETERS'],
      [kim.token, { claimCode }, 'MISSING_PARAMETERS'],
      [kim.token, { homeId }, 'MISSING_PARAMETERS'],
      [kim.token, { homeId, claimCode: '' }, 'MISSING_PARAMETERS'],
      [kim.token, { homeId: 'x', claimCode }, 'INVALID_PARAMETER'],
      [kim.token, { homeId, claimCode: 1 }, 'INVALID_PARAMETER'],
      [kim.token, { homeId: random, claimCode }, 'INVALID_HOME_ID'],
      [kim.token, { homeId: foreignHome.id, claimCode }, 'INVALID_HOME_ID'],
      [kim.token, { homeId, claimCode: 'AAAA-AAAA-AAAA' }, 'INVALID_CLAIM_CODE'],
      [kim.token, { homeId, claimCode: '\u0000' }, 'INVALID_CLAIM_CODE'],
      [kim.token, { homeId, claimCode: foreign.claimCode }, 'INVALID_CLAIM_CODE'],
      [guest.token, { homeId, claimCode }, 'PERMISSION_DENIED'],
      [neighbour.token, { homeId, claimCode }, 'MEMBERS_ONLY'],
      [device.apiKey, { homeId, claimCode }, 'PERMISSION_DENIED'],
      [
        (await factory.projectKey(kim.user.projectId, ['admin', 'commands'])).key,
        { homeId, claimCode },
        'PERMISSION_DENIED',
      ],
    ] as const) {
      const reply = await send(url, 'POST', '/devices', { token, body });
      expect({ body, status: reply.status, reason: reply.body.reason }).toEqual({
        body,
        status: 403,
        reason,
      });
    }
    const nobody = await send(url, 'POST', '/devices', { body: { homeId, claimCode } });
    expect(nobody.status).toBe(401);
    expect(nobody.body).toEqual({ reason: 'UNAUTHENTICATED_CLIENT' });
    expect(await rowOf(device.id)).toMatchObject({ homeId: null, claimTime: null });
  });
});
