import { beforeEach, describe, expect, it } from 'vitest';
import { type Reply, send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { codeTo, tokenTo } from '@/server/testing/kept-messages';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const password = 'correct horse battery';
const appId = 'controller_app';
type Fields = Record<string, string | number | boolean>;

const texts = (fields: Fields) =>
  Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
const multipart = (fields: Fields): FormData => {
  const form = new FormData();
  for (const [name, value] of texts(fields)) form.append(name, value);
  return form;
};
/** As NSURL clients write it: percent-encoded, `%20` for blanks, charset in the type. */
const urlencoded = (fields: Fields) => ({
  body: texts(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&'),
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
});

/** How each published client sends its forms (mode-api 9). Go marshals whole objects, zero values and all. */
const clients: Record<string, (fields: Fields) => { body: unknown; headers?: Record<string, string> }> = {
  'the TypeScript client': (fields) => ({ body: multipart(fields) }),
  'the iOS SDK': urlencoded,
  'the Go SDK': (fields) => ({
    body: { email: '', phoneNumber: '', password: '', code: '', userId: 0, ...fields },
    headers: { 'user-agent': 'GoDeviceSDK/4', 'content-type': 'application/json' },
  }),
  'the sensor web app': (fields) => ({
    body: new URLSearchParams(texts(fields).map(([name, value]) => [name, value])),
  }),
};

describe.each(gateway())('what clients do with accounts ($name)', ({ url }) => {
  beforeEach(async () => {
    await factory.forgetAttempts('sign-up');
    await factory.forgetAttempts('login');
    await factory.forgetAttempts('send from');
  });

  describe.each(Object.entries(clients))('%s', (_name, form) => {
    const post = (path: string, fields: Fields): Promise<Reply> => {
      const { body, headers } = form(fields);
      return send(url, 'POST', path, { body, ...(headers === undefined ? {} : { headers }) });
    };

    it('registers by e-mail, verifies, logs in, makes a home, renames it and logs out', async () => {
      const project = await factory.project();
      const email = factory.email();
      const user = { projectId: project.id, email, password, name: 'Kim Lie' };
      const made = await send(url, 'POST', '/users', {
        body: { id: 0, creationTime: '0001-01-01T00:00:00Z', phoneNumber: '', verified: false, ...user },
      });
      expect(made.status).toBe(201);
      expect(made.body.password).toBeUndefined();
      const login = { projectId: project.id, appId, email, password };
      expect((await post('/auth/user', login)).body.reason).toBe('USER_UNVERIFIED');
      expect(
        (await post('/auth/user/emailVerification/start', { projectId: project.id, email })).body,
      ).toEqual({
        email,
      });
      const verified = await post('/auth/user/emailVerification', { token: await tokenTo(factory, email) });
      expect(verified.body).toEqual({ projectId: project.id, email });
      const session = await post('/auth/user', login);
      expect(session.status).toBe(200);
      expect(session.body).toEqual({ token: expect.any(String), userId: made.body.id });
      const { token, userId } = session.body;
      const me = await send(url, 'GET', `/users/${userId}?`, { token });
      expect(me.body).toMatchObject({ id: userId, email, name: 'Kim Lie', verified: true });

      const home = await send(url, 'POST', '/homes', {
        token,
        body: { name: 'My Home', timezone: 'Europe/Oslo' },
      });
      expect(home.status).toBe(201);
      expect(home.body.creationTime).toMatch(/\.\d{3}Z$/);
      const renamed = await send(url, 'PATCH', `/homes/${home.body.id}`, { token, body: { name: 'Hut' } });
      expect({ status: renamed.status, body: renamed.body }).toEqual({ status: 204, body: undefined });
      const list = await send(url, 'GET', `/homes?userId=${userId}`, { token });
      expect(list.body).toMatchObject([{ id: home.body.id, name: 'Hut', timezone: 'Europe/Oslo' }]);

      const other = await post('/auth/user', login);
      const out = await send(url, 'DELETE', '/userSession', { token, body: {} });
      expect({ status: out.status, body: out.body }).toEqual({ status: 204, body: undefined });
      for (const [method, path] of [
        ['GET', '/userSession'],
        ['GET', `/homes/${home.body.id}`],
        ['DELETE', '/userSession'],
      ] as const) {
        const dead = await send(url, method, path, { token });
        expect({ status: dead.status, body: dead.body }).toEqual({
          status: 401,
          body: { reason: 'UNAUTHENTICATED_CLIENT' },
        });
      }
      expect((await send(url, 'GET', '/auth', { token })).body).toEqual({ type: 'nobody' });
      expect((await send(url, 'GET', '/userSession', { token: other.body.token })).status).toBe(200);
    });

    it('registers by phone and logs in with codes', async () => {
      const project = await factory.project('phone');
      const phoneNumber = factory.phone();
      const made = await send(url, 'POST', '/users', {
        body: { projectId: project.id, phoneNumber, name: 'Kim' },
      });
      expect(made.status).toBe(201);
      const login = async () =>
        post('/auth/user', {
          projectId: project.id,
          appId,
          phoneNumber,
          code: await codeTo(factory, phoneNumber),
        });
      const first = await login();
      expect(first.body).toEqual({ token: expect.any(String), userId: made.body.id });
      const receipt = await post('/auth/user/sms', { projectId: project.id, phoneNumber });
      expect(receipt.body).toEqual({ recipient: phoneNumber });
      const second = await login();
      expect(second.body.userId).toBe(made.body.id);
      expect(second.body.token).not.toBe(first.body.token);
      const me = await send(url, 'GET', `/users/${made.body.id}`, { token: second.body.token });
      expect(me.body).toMatchObject({ phoneNumber, verified: true });
    });

    it('takes people of an own account system along, with the key of the project', async () => {
      const project = await factory.project('byou');
      const { key } = await factory.projectKey(project.id, ['byou']);
      const make = async (name?: string) =>
        send(url, 'POST', '/users', {
          token: key,
          body: { projectId: project.id, ...(name === undefined ? {} : { name }) },
        });
      const [kim, jo] = [await make('Kim'), await make()];
      expect(kim.body).toMatchObject({ name: 'Kim', verified: true });
      expect(Object.keys(jo.body).sort()).toEqual(['creationTime', 'id', 'projectId', 'verified']);
      const login = async (userId: number) => {
        const { body, headers } = form({ projectId: project.id, userId });
        return send(url, 'POST', '/auth/user', {
          token: key,
          body,
          ...(headers === undefined ? {} : { headers }),
        });
      };
      const { token } = (await login(kim.body.id)).body;
      expect((await login(kim.body.id)).body.token).not.toBe(token);
      const home = await send(url, 'POST', '/homes', { token, body: { name: 'Home' } });
      const { body, headers } = form({ userId: jo.body.id });
      const member = await send(url, 'POST', `/homes/${home.body.id}/members`, {
        token,
        body,
        ...(headers === undefined ? {} : { headers }),
      });
      expect(member.status).toBe(201);
      expect(member.body).toMatchObject({ userId: jo.body.id, name: '', verified: true, role: 'member' });
      const { token: hers } = (await login(jo.body.id)).body;
      expect((await send(url, 'GET', `/homes/${home.body.id}`, { token: hers })).status).toBe(200);
    });
  });
});
