import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { homes, provisioningTokens } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { random } from '@/server/testing/permission-world';

const factory = ground();
const { db } = factory.deps;
const seconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const form = (fields: Record<string, string>) => new URLSearchParams(fields);

describe.each(gateway())('devices made on demand ($name)', ({ url }) => {
  let kim: Person;
  let homeId: number;
  beforeAll(async () => {
    const project = await factory.project('email', 'on-demand');
    await factory.deviceClass(project.id);
    kim = await factory.person(project.id);
    homeId = (await factory.home(kim)).id;
  });
  const provision = (body: unknown, token = kim.token, home = homeId) =>
    send(url, 'POST', `/homes/${home}/deviceProvisioning`, { token, body });
  const redeem = (body: unknown, token?: string) =>
    send(url, 'POST', '/devices', { body, ...(token === undefined ? {} : { token }) });
  const tokenOf = async (fields: object = {}): Promise<string> =>
    (await provision({ deviceClass: 'smart_light', ...fields })).body.token;

  it('gives a token for ten minutes, by form, multipart or JSON, to people and to an administrator', async () => {
    const multipart = new FormData();
    multipart.set('deviceClass', 'smart_light');
    const { key } = await factory.projectKey(kim.user.projectId, ['admin']);
    for (const [body, token] of [
      [{ deviceClass: 'smart_light', deviceTag: null }, kim.token],
      [form({ deviceClass: 'smart_light', deviceTag: 'SN 1' }), kim.token],
      [multipart, key],
    ] as const) {
      const before = Date.now();
      const reply = await provision(body, token);
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({
        token: expect.stringMatching(/^[A-Za-z0-9]{40}$/),
        expirationTime: expect.stringMatching(/\.\d{3}Z$/),
      });
      const lifeMs = Date.parse(reply.body.expirationTime) - before;
      expect(lifeMs).toBeGreaterThanOrEqual(600_000);
      expect(lifeMs).toBeLessThan(660_000);
    }
  });

  it('gives none to those who may not, and says why', async () => {
    const pre = await factory.person((await factory.project()).id);
    await factory.deviceClass(pre.user.projectId);
    const preHome = await factory.home(pre);
    const guest = await factory.person(kim.user.projectId);
    await factory.member(homeId, guest, 'guest');
    const neighbour = await factory.person(kim.user.projectId);
    const { key } = await factory.projectKey(kim.user.projectId, ['commands', 'events', 'kv']);
    const body = { deviceClass: 'smart_light' };
    for (const [token, home, sent, reason] of [
      [kim.token, homeId, {}, 'MISSING_PARAMETERS'],
      [kim.token, homeId, { deviceClass: '' }, 'INVALID_PARAMETER'],
      [kim.token, homeId, { deviceClass: 'toaster' }, 'INVALID_DEVICE_CLASS'],
      [kim.token, homeId, { ...body, deviceTag: 'x'.repeat(257) }, 'INVALID_PARAMETER'],
      [kim.token, random, body, 'INVALID_HOME_ID'],
      [kim.token, preHome.id, body, 'INVALID_HOME_ID'],
      [pre.token, preHome.id, body, 'OPERATION_NOT_ALLOWED'],
      [guest.token, homeId, body, 'PERMISSION_DENIED'],
      [neighbour.token, homeId, body, 'MEMBERS_ONLY'],
      [key, homeId, body, 'PERMISSION_DENIED'],
    ] as const) {
      const reply = await provision(sent, token, home);
      expect({ sent, status: reply.status, reason: reply.body.reason }).toEqual({
        sent,
        status: 403,
        reason,
      });
    }
    expect((await send(url, 'POST', `/homes/${homeId}/deviceProvisioning`, { body })).status).toBe(401);
  });

  it('a token makes one device, whoever calls and however often', async () => {
    const token = await tokenOf({ deviceTag: 'SN-7' });
    const replies = await Promise.all([1, 2, 3, 4].map(() => redeem({ token })));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403]);
    const made = replies.find(({ status }) => status === 201)?.body;
    expect(made).toEqual({
      id: expect.any(Number),
      projectId: kim.user.projectId,
      homeId,
      tag: 'SN-7',
      deviceClass: 'smart_light',
      claimTime: seconds,
      isConnected: false,
      creationTime: expect.any(String),
      apiKey: expect.stringMatching(/^v1\.[A-Za-z0-9+/]+=*\.\d+\.[0-9a-f]{56}$/),
    });
    expect(Buffer.from(made.apiKey.split('.')[1], 'base64').toString()).toBe(`d|${made.id}`);
    for (const refused of replies.filter(({ status }) => status === 403)) {
      expect(refused.body.reason).toBe('INVALID_TOKEN');
    }
    for (const caller of [made.apiKey, kim.token]) {
      const got = await send(url, 'GET', `/devices/${made.id}`, { token: caller });
      expect(got.status).toBe(200);
      const { apiKey, ...shown } = made;
      expect(got.body).toEqual(shown);
    }
  });

  it('obeys the token: other fields repeat it or are refused, and a refusal leaves it good', async () => {
    const token = await tokenOf({ deviceTag: 'SN-8' });
    const other = await factory.home(kim);
    const stranger = await factory.person((await factory.project()).id);
    for (const [fields, caller, reason, field] of [
      [{ homeId: other.id }, kim.token, 'INVALID_PARAMETER', 'homeId'],
      [{ deviceClass: 'toaster' }, kim.token, 'INVALID_PARAMETER', 'deviceClass'],
      [{ deviceTag: 'SN-9' }, undefined, 'INVALID_PARAMETER', 'deviceTag'],
      [{}, stranger.token, 'INVALID_TOKEN', 'token'],
    ] as const) {
      const reply = await redeem({ token, ...fields }, caller);
      expect(reply.status).toBe(403);
      expect(reply.body.reason).toBe(reason);
      expect(reply.body.data.details[0].field).toBe(field);
    }
    const reply = await redeem({ token, homeId, deviceClass: 'smart_light', deviceTag: 'SN-8' }, kim.token);
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ homeId, tag: 'SN-8', apiKey: expect.any(String) });
    // What typed clients do not fill in is none.
    const untagged = await tokenOf({ deviceTag: '' });
    const empty = { homeId: 0, claimCode: '', deviceClass: '', deviceTag: '' };
    const made = await redeem({ token: untagged, ...empty });
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty('tag');
  });

  it('refuses tokens that are no good', async () => {
    const expired = await tokenOf();
    await db
      .update(provisioningTokens)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(provisioningTokens.homeId, homeId));
    const home = await factory.home(kim);
    const orphaned = (await provision({ deviceClass: 'smart_light' }, kim.token, home.id)).body.token;
    await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token });
    for (const token of [expired, orphaned, 'x', '', 'a\u0000b', 'x'.repeat(512)]) {
      const reply = await redeem({ token });
      expect({ token, status: reply.status, reason: reply.body.reason }).toEqual({
        token,
        status: 403,
        reason: 'INVALID_TOKEN',
      });
    }
    const switchedOff = await factory.home(kim);
    const { token } = (await provision({ deviceClass: 'smart_light' }, kim.token, switchedOff.id)).body;
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, switchedOff.id));
    expect((await redeem({ token })).body).toEqual({ reason: 'PERMISSION_DENIED' });
  });

  it('rejects the call of very old apps, and claim codes', async () => {
    const old = await redeem(
      { homeId, deviceClass: 'smart_light', deviceTag: 'x', deviceName: 'x' },
      kim.token,
    );
    expect(old.status).toBe(403);
    expect(old.body).toMatchObject({ reason: 'MISSING_PARAMETERS', data: { details: [{ field: 'token' }] } });
    const claim = await redeem({ homeId, claimCode: 'AAAA-AAAA-AAAA' }, kim.token);
    expect(claim.status).toBe(403);
    expect(claim.body).toEqual({ reason: 'OPERATION_NOT_ALLOWED' });
  });
});
