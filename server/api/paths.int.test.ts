import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';
import { sendRaw, statusOf } from '@/server/testing/raw-http';

const factory = ground();
const badIds = [
  '0',
  '-1',
  '1.5',
  'abc',
  '9007199254740992',
  '6b1c0d2e-5d0a-4c57-9c2f-0f6b3c9d8e7a',
  '1e3',
  '+1',
  '%00',
  '%20',
];
const cloudPrefixes = ['users', 'homes', 'devices', 'auth', 'deviceRegistration', 'userSession', 'staff'];
const lockPrefixes = ['locks', 'hubs', 'temp-keys', 'matter-devices'];

describe.each(mounts())('paths of the API ($name)', ({ url }) => {
  let kim: Person;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
  });

  it.each(badIds)('%s names no home: 404, told only to those who are known', async (id) => {
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: 'Home' }],
      ['DELETE', undefined],
    ] as const) {
      const options = body === undefined ? {} : { body };
      const reply = await send(url, method, `/homes/${id}`, { token: kim.token, ...options });
      expect({ method, status: reply.status, body: reply.body }).toEqual({
        method,
        status: 404,
        body: { reason: 'NOT_FOUND' },
      });
      expect((await send(url, method, `/homes/${id}`, options)).status).toBe(401);
    }
  });

  it.each(badIds)(
    '%s is no id of a lock: 400 names the part, before the credential is looked at',
    async (id) => {
      for (const [method, rest] of [
        ['GET', ''],
        ['GET', '/basic-info'],
        ['GET', '/events'],
        ['GET', '/openings'],
        ['POST', '/OpenLock'],
      ]) {
        for (const credentials of [{ token: kim.token }, {}]) {
          const reply = await send(url, method as string, `/locks/${id}${rest}`, credentials);
          expect(reply.status).toBe(400);
          expect(reply.body).toEqual({
            success: false,
            error: 'Bad Request',
            message: 'The request contains invalid parameters or malformed data',
            code: 400,
            details: [{ field: 'id', message: 'must be a positive integer' }],
          });
        }
      }
    },
  );

  it('an id that none can have is that of no object: 404, or 403 with the reason where a call has no 404', async () => {
    for (const [method, path, status, reason] of [
      ['GET', '/homes/0', 404, 'NOT_FOUND'],
      ['GET', '/homes/undefined/members', 403, 'INVALID_HOME_ID'],
      ['GET', '/homes/0/kv', 403, 'INVALID_HOME_ID'],
      ['POST', '/homes/abc/deviceProvisioning', 403, 'INVALID_HOME_ID'],
      ['GET', '/homes/999999999/members', 403, 'INVALID_HOME_ID'],
    ] as const) {
      const { status: told, body } = await send(url, method, path, {
        token: kim.token,
        ...(method === 'POST' ? { body: { deviceClass: 'lamp' } } : {}),
      });
      expect({ path, told, reason: body.reason }).toEqual({ path, told: status, reason });
    }
  });

  it('bad escapes in a path are a client error and nothing worse', async () => {
    for (const path of ['/homes/%zz', '/homes/%c3%28', '/locks/%E0%A4%A']) {
      const answer = await sendRaw(url, [`GET ${path} HTTP/1.1`, `Authorization: ModeCloud ${kim.token}`]);
      expect([400, 404]).toContain(statusOf(answer));
    }
  });

  it('a path that exists takes its own methods alone: 405 in the dialect of the path', async () => {
    for (const [method, path] of [
      ['PUT', '/homes'],
      ['DELETE', '/homes'],
      ['POST', '/homes/1'],
      ['PUT', '/homes/1'],
      ['GET', '/auth/user'],
      ['POST', '/auth'],
      ['GET', '/auth/token'],
      ['PATCH', '/userSession'],
      ['PUT', '/users'],
    ]) {
      const reply = await send(url, method as string, path as string, { token: kim.token });
      expect({ method, path, status: reply.status, body: reply.body }).toEqual({
        method,
        path,
        status: 405,
        body: { reason: 'METHOD_NOT_ALLOWED' },
      });
      expect(reply.headers.get('allow')).toContain('OPTIONS');
    }
    for (const [method, path, allow] of [
      ['GET', '/locks/1/OpenLock', 'OPTIONS, POST'],
      ['POST', '/locks/1/basic-info', 'GET, HEAD, OPTIONS'],
      ['PUT', '/locks/1', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
      ['POST', '/locks', 'GET, HEAD, OPTIONS'],
    ]) {
      const reply = await send(url, method as string, path as string, { token: kim.token });
      expect(reply.status).toBe(405);
      expect(reply.headers.get('allow')).toBe(allow);
      expect(reply.body).toEqual({
        success: false,
        error: 'Method Not Allowed',
        message: 'This path does not take that method',
        code: 405,
      });
    }
  });

  it('paths are case-sensitive', async () => {
    expect((await send(url, 'POST', '/locks/1/openlock', { token: kim.token })).status).toBe(404);
    expect((await send(url, 'GET', '/locks/1/Basic-Info', { token: kim.token })).status).toBe(404);
  });

  it.each(cloudPrefixes)('an unknown path below /%s is a JSON 404 of the cloud API', async (prefix) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const reply = await send(url, method, `/${prefix}/1/no/such/path`, { token: kim.token });
      expect(reply.status).toBe(404);
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(reply.body).toEqual({ reason: 'NOT_FOUND' });
    }
  });

  it.each(lockPrefixes)('an unknown path below /%s is a JSON 404 of the lock API', async (prefix) => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const reply = await send(url, method, `/${prefix}/1/no/such/path`, { token: kim.token });
      expect(reply.status).toBe(404);
      expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(reply.body).toEqual({
        success: false,
        error: 'Not Found',
        message: 'The requested resource was not found',
        code: 404,
      });
    }
  });

  it('every answer may be read from any origin and is kept by nobody', async () => {
    const home = await factory.home(kim);
    for (const [method, path, credentials] of [
      ['GET', `/homes/${home.id}`, { token: kim.token }],
      ['PATCH', `/homes/${home.id}`, { token: kim.token, body: { name: 'Hut' } }],
      ['GET', `/homes/${home.id}`, {}],
      ['GET', '/homes/1/no', {}],
      ['PUT', '/homes', {}],
      ['GET', '/auth', {}],
      ['GET', '/locks/0', {}],
    ] as const) {
      const { headers } = await send(url, method, path, {
        ...credentials,
        headers: { origin: 'https://elsewhere.example' },
      });
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(headers.get('access-control-allow-credentials')).toBe('false');
      expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual(
        expect.arrayContaining(['X-Xsrf-Guard', 'vnd.tinkermode.range', 'Retry-After']),
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    }
  });

  it.each([...cloudPrefixes, ...lockPrefixes])(
    'OPTIONS below /%s is answered without a credential',
    async (prefix) => {
      for (const path of [`/${prefix}`, `/${prefix}/1`, `/${prefix}/1/no/such/path`]) {
        const reply = await send(url, 'OPTIONS', path, {
          headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'PATCH' },
        });
        expect(reply.status).toBe(204);
        expect(reply.body).toBeUndefined();
        expect(reply.headers.get('access-control-allow-origin')).toBe('*');
        const methods = reply.headers.get('access-control-allow-methods')?.split(', ') ?? [];
        expect(methods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']));
        const allowed = reply.headers.get('access-control-allow-headers')?.toLowerCase().split(', ') ?? [];
        expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'x-api-key']));
      }
    },
  );
});
