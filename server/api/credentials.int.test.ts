import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { refusals } from '@/drizzle/schema';
import { type Credentials, send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
const internalHeaders = ['X-Org-Id', 'X-User-Id', 'X-User-Email', 'X-Is-Admin', 'X-Super-Access'];

describe.each(gateway())('credentials of a request ($name)', ({ url }) => {
  let kim: Person;
  let stranger: Person;
  let homeId: number;
  let lockId: number;
  let orgKey: string;
  let orgKeyElsewhere: string;
  const bearerOf = async (credentials: Credentials) =>
    (await send(url, 'POST', '/auth/token', credentials)).body.token as string;

  beforeAll(async () => {
    const project = await factory.project();
    kim = await factory.person(project.id);
    stranger = await factory.person(project.id, 'Sam');
    homeId = (await factory.home(kim)).id;
    lockId = (await factory.lock(homeId)).id;
    orgKey = (await factory.orgKey(project.id)).key;
    orgKeyElsewhere = (await factory.orgKey((await factory.project()).id)).key;
  });

  it('the scheme is compared without case, the token as it is', async () => {
    const status = async (authorization: string) =>
      (await send(url, 'GET', `/homes/${homeId}`, { headers: { authorization } })).status;
    expect(await status(`ModeCloud ${kim.token}`)).toBe(200);
    expect(await status(`modecloud ${kim.token}`)).toBe(200);
    for (const bad of [
      kim.token,
      `Basic ${kim.token}`,
      'ModeCloud',
      'ModeCloud ',
      `ModeCloud ${kim.token} more`,
      `ModeCloud ${kim.token.toLowerCase()}`,
      `ModeCloud ${kim.token}x`,
      `ModeCloud ${'x'.repeat(9_000)}`,
    ]) {
      expect({ bad: bad.slice(0, 20), status: await status(bad) }).toEqual({
        bad: bad.slice(0, 20),
        status: 401,
      });
    }
  });

  it('the address line carries no credential', async () => {
    for (const query of [`authToken=${kim.token}`, `authToken=${encodeURIComponent(kim.token)}`]) {
      expect((await send(url, 'GET', `/homes/${homeId}?${query}`)).status).toBe(401);
      expect((await send(url, 'POST', `/locks/${lockId}/OpenLock?${query}`)).status).toBe(401);
      expect((await send(url, 'GET', `/auth?${query}`)).body).toEqual({ type: 'nobody' });
    }
  });

  it('the lock API refuses headers that only our own machines may set', async () => {
    for (const header of internalHeaders) {
      for (const path of [`/locks/${lockId}/OpenLock`, `/locks/${lockId}/basic-info`]) {
        const method = path.endsWith('OpenLock') ? 'POST' : 'GET';
        const reply = await send(url, method, path, { token: kim.token, headers: { [header]: '1' } });
        expect(reply.status).toBe(400);
        expect(reply.body).toMatchObject({
          success: false,
          error: 'Bad Request',
          code: 400,
          details: [{ field: header.toLowerCase(), message: 'is not accepted from clients' }],
        });
      }
    }
  });

  it('of two credentials either may satisfy the rule, and both must be good', async () => {
    const mine = await bearerOf({ token: kim.token });
    const theirs = await bearerOf({ token: stranger.token });
    const superKey = (await factory.orgKey()).key;
    const cases: [string, Credentials, number][] = [
      ['both have the right', { bearer: mine, apiKey: orgKey }, 200],
      ['the key alone has it', { bearer: theirs, apiKey: orgKey }, 200],
      ['the person alone has it', { bearer: mine, apiKey: orgKeyElsewhere }, 200],
      ['the super key has it', { bearer: theirs, apiKey: superKey }, 200],
      ['a ModeCloud token beside a key', { token: kim.token, apiKey: orgKeyElsewhere }, 200],
      ['neither has it', { bearer: theirs, apiKey: orgKeyElsewhere }, 403],
      ['the key is unknown', { bearer: mine, apiKey: 'x'.repeat(40) }, 401],
      ['the key is empty', { bearer: mine, apiKey: '' }, 401],
      ['the JWT is broken', { bearer: `${mine}x`, apiKey: orgKey }, 401],
      ['the token is unknown', { token: 'v1.a.1.b', apiKey: orgKey }, 401],
    ];
    for (const [title, credentials, status] of cases) {
      const reply = await send(url, 'GET', `/locks/${lockId}/basic-info`, credentials);
      expect({ title, status: reply.status }).toEqual({ title, status });
      const opened = await send(url, 'POST', `/locks/${lockId}/OpenLock`, {
        ...credentials,
        body: { requestId: title },
      });
      expect({ title, opened: opened.status }).toEqual({ title, opened: status });
    }
    // Only where none of them had the right was somebody turned away.
    const kept = await until(async () => {
      const rows = await db.select().from(refusals).where(eq(refusals.lockId, lockId));
      return rows.some(({ requestId }) => requestId === 'neither has it') && rows;
    });
    expect(kept.map(({ requestId }) => requestId)).toEqual(['neither has it']);
  });

  describe('by the cookie of the browser', () => {
    const host = new URL(url).host;
    const write = (headers: Record<string, string>) =>
      send(url, 'PATCH', `/homes/${homeId}`, {
        body: { name: 'Home' },
        headers: { cookie: `theme=dark; latchkey.session=${encodeURIComponent(kim.token)}`, ...headers },
      });

    it.each([
      ['Sec-Fetch-Site: same-origin', { 'sec-fetch-site': 'same-origin' }],
      ['an Origin of ours', { origin: `http://${host}` }],
      ['both', { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }],
    ])('a write with %s counts', async (_title, headers) => {
      expect((await write(headers)).status).toBe(204);
    });

    it.each([
      ['neither header', {}],
      ['an Origin of another site', { origin: 'https://elsewhere.example' }],
      ['an Origin on another port', { origin: 'http://127.0.0.1:1' }],
      ['an Origin of null', { origin: 'null' }],
      ['an Origin that only begins like ours', { origin: `http://${host}.elsewhere.example` }],
      ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
      ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
      ['a true Origin and a cross-site fetch', { origin: `http://${host}`, 'sec-fetch-site': 'cross-site' }],
    ])('a write with %s is refused', async (_title, headers) => {
      const reply = await write(headers as Record<string, string>);
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({ reason: 'PERMISSION_DENIED' });
    });

    it('a door is not opened by a page of somebody else', async () => {
      const cookie = `latchkey.session=${kim.token}`;
      const open = (headers: Record<string, string>) =>
        send(url, 'POST', `/locks/${lockId}/OpenLock`, { headers: { cookie, ...headers } });
      const refused = await open({ origin: 'https://elsewhere.example', 'content-type': 'text/plain' });
      expect(refused.status).toBe(403);
      expect(refused.body.error).toBe('Forbidden');
      const before = await factory.openings(lockId);
      expect((await open({ 'sec-fetch-site': 'same-origin' })).status).toBe(200);
      const after = await factory.openings(lockId);
      expect(after).toHaveLength(before.length + 1);
      expect(after.filter((opening) => opening.via === 'page')).toHaveLength(1);
    });

    it('a page counts as whose it was made for and as nobody else', async () => {
      const cookie = `latchkey.session=${kim.token}`;
      const open = (pageUser: string) =>
        send(url, 'POST', `/locks/${lockId}/OpenLock`, {
          headers: { cookie, 'sec-fetch-site': 'same-origin', 'x-page-user': pageUser },
        });
      const before = await factory.openings(lockId);
      expect((await open(String(kim.user.id + 1))).status).toBe(401);
      expect(await factory.openings(lockId)).toHaveLength(before.length);
      expect((await open(String(kim.user.id))).status).toBe(200);
    });

    it('reading needs no origin, and a bad cookie is nobody', async () => {
      const read = (cookie: string) => send(url, 'GET', `/homes/${homeId}`, { headers: { cookie } });
      expect((await read(`latchkey.session=${kim.token}`)).status).toBe(200);
      expect((await read('latchkey.session=v1.a.1.b')).status).toBe(401);
      expect((await read('latchkey.session=%zz')).status).toBe(401);
      expect((await read(`other.session=${kim.token}`)).status).toBe(401);
      expect((await read(`__Host-latchkey.session=${kim.token}`)).status).toBe(401);
    });

    it('the name of the cookie goes with the scheme, as the hop before us tells it where it is believed', async () => {
      const read = async (cookieName: string) => {
        const headers = { cookie: `${cookieName}=${kim.token}`, 'x-forwarded-proto': 'https' };
        return (await send(url, 'GET', `/homes/${homeId}`, { headers })).status;
      };
      expect(await read('__Host-latchkey.session')).toBe(200);
      expect(await read('latchkey.session')).toBe(401);
    });

    it('a header wins over the cookie', async () => {
      const reply = await send(url, 'GET', '/auth', {
        token: stranger.token,
        headers: { cookie: `latchkey.session=${kim.token}` },
      });
      expect(reply.body.userId).toBe(stranger.user.id);
      const bad = await send(url, 'GET', `/homes/${homeId}`, {
        token: 'v1.a.1.b',
        headers: { cookie: `latchkey.session=${kim.token}` },
      });
      expect(bad.status).toBe(401);
    });
  });
});
