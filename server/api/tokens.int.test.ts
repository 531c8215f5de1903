import { and, eq, isNull } from 'drizzle-orm';
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  importPKCS8,
  jwtVerify,
  SignJWT,
} from 'jose';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { orgKeys, signingKeys } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const ours = { issuer: 'latchkey', audience: 'latchkey' };
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

// The keys are published by the gateway alone: a deployment of Next in front of nothing has no /.well-known.
const publishedAt = new URL('/.well-known/jwks.json', inject('url'));

it('publishes the public half of its signing keys and nothing else', async () => {
  const reply = await send(inject('url'), 'GET', '/.well-known/jwks.json');
  expect(reply.status).toBe(200);
  expect(reply.headers.get('cache-control')).toBe('public, max-age=60');
  for (const key of reply.body.keys) {
    expect(key).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      alg: 'EdDSA',
      use: 'sig',
      kid: expect.any(String),
      x: expect.any(String),
    });
  }
});

describe.each(gateway())('POST /auth/token ($name)', ({ url }) => {
  let kim: Person;
  let orgUuid: string;
  let orgKey: { id: string; key: string };
  let lockId: number;
  beforeAll(async () => {
    const project = await factory.project();
    orgUuid = project.uuid;
    kim = await factory.person(project.id);
    lockId = (await factory.lock((await factory.home(kim)).id)).id;
    orgKey = await factory.orgKey(project.id);
  });
  const tokenOf = async (credentials: object) =>
    (await send(url, 'POST', '/auth/token', credentials)).body.token as string;
  /** Status of a lock call with a bearer: the only thing that a JWT is for. */
  const statusWith = async (bearer: string) =>
    (await send(url, 'GET', `/locks/${lockId}/basic-info`, { bearer })).status;

  it('gives a person a JWT that anybody can verify by the published keys', async () => {
    const reply = await send(url, 'POST', '/auth/token', { token: kim.token });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ token: expect.any(String), tokenType: 'Bearer', expiresIn: 600 });
    const { payload, protectedHeader } = await jwtVerify(
      reply.body.token,
      createRemoteJWKSet(publishedAt),
      ours,
    );
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: expect.any(String) });
    expect(payload).toEqual({
      iss: 'latchkey',
      aud: 'latchkey',
      sub: String(kim.user.id),
      sid: kim.sessionId,
      org: orgUuid,
      email: kim.user.email,
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 600,
    });
    expect(await statusWith(reply.body.token)).toBe(200);
    const home = await send(url, 'GET', '/auth', { bearer: reply.body.token });
    expect(home.body).toMatchObject({ type: 'user', userId: kim.user.id });
  });

  it('gives an organisation key a service JWT', async () => {
    const token = await tokenOf({ apiKey: orgKey.key });
    const { payload } = await jwtVerify(token, createRemoteJWKSet(publishedAt), ours);
    expect(payload).toMatchObject({ sub: `service:${orgUuid}`, org: orgUuid });
    expect(payload).not.toHaveProperty('sid');
    expect(await statusWith(token)).toBe(200);
  });

  it('gives nothing to a JWT of a service, a project key or a super key', async () => {
    const service = await tokenOf({ apiKey: orgKey.key });
    for (const credentials of [
      { bearer: service },
      { token: (await factory.projectKey(kim.user.projectId)).key },
      { apiKey: (await factory.orgKey()).key },
    ]) {
      const reply = await send(url, 'POST', '/auth/token', credentials);
      expect(reply.status).toBe(403);
      expect(reply.body).toEqual({ reason: 'PERMISSION_DENIED' });
    }
  });

  it('believes no JWT that it has not signed for itself', async () => {
    const good = await tokenOf({ token: kim.token });
    const { kid = '' } = decodeProtectedHeader(good);
    const claims = decodeJwt(good);
    const [, body = '', signature = ''] = good.split('.');
    const { db, secrets } = factory.deps;
    // The very key of this token: the current one may have changed, other tests turn keys over.
    const [made] = await db.select().from(signingKeys).where(eq(signingKeys.id, kid));
    if (made === undefined) throw new Error('the token names no key');
    const privateKey = await importPKCS8(secrets.open(made.sealedPrivateKey).toString(), 'EdDSA');
    const stranger = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const sign = (changes: object, key: CryptoKey = privateKey, id: string | undefined = kid) => {
      const jwt = new SignJWT({ ...claims, ...changes }).setProtectedHeader({
        alg: 'EdDSA',
        ...(id === undefined ? {} : { kid: id }),
      });
      return jwt.sign(key);
    };
    expect(await statusWith(await sign({}))).toBe(200);
    const now = Math.floor(Date.now() / 1000);
    const other = await factory.person(kim.user.projectId);
    const bad: Record<string, string> = {
      'another signature': `${good.slice(0, -20)}${'A'.repeat(20)}`,
      'no signature': `${good.split('.').slice(0, 2).join('.')}.`,
      'alg none': `${base64({ alg: 'none', kid })}.${body}.`,
      'alg none with a signature': `${base64({ alg: 'none', kid })}.${body}.${signature}`,
      'an HMAC keyed with the public key': await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid })
        .sign(Buffer.from(made.publicJwk.x as string, 'base64url')),
      'a key of somebody else': await sign({}, stranger.privateKey),
      'a key that is not known': await sign({}, privateKey, 'another'),
      'no key named': await sign({}, privateKey, ''),
      'claims changed': `${good.split('.')[0]}.${base64({ ...claims, sub: String(other.user.id) })}.${signature}`,
      over: await sign({ exp: now - 1 }),
      'not yet': await sign({ nbf: now + 600 }),
      'no end': await sign({ exp: undefined }),
      'another issuer': await sign({ iss: 'elsewhere' }),
      'another audience': await sign({ aud: 'elsewhere' }),
      'the session of somebody else': await sign({ sid: other.sessionId }),
      'a session that is none': await sign({ sid: 'none' }),
      'no session and no key': await sign({ sid: undefined }),
      'another organisation': await sign({
        sid: undefined,
        kid: orgKey.id,
        org: (await factory.project()).uuid,
      }),
      'no JWT': 'a.b.c',
    };
    for (const [title, bearer] of Object.entries(bad)) {
      expect({ title, status: await statusWith(bearer) }).toEqual({ title, status: 401 });
    }
  });

  it('ends with the session or the key that it was made from', async () => {
    const session = await factory.session(kim);
    const person = await tokenOf({ token: session.token });
    expect(await statusWith(person)).toBe(200);
    expect((await send(url, 'DELETE', '/userSession', { bearer: person })).status).toBe(204);
    expect(await statusWith(person)).toBe(401);
    expect((await send(url, 'GET', '/userSession', { token: session.token })).status).toBe(401);

    const service = await tokenOf({ apiKey: orgKey.key });
    expect(await statusWith(service)).toBe(200);
    const { db } = factory.deps;
    const mine = and(eq(orgKeys.id, orgKey.id), isNull(orgKeys.revokedAt));
    await db
      .update(orgKeys)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(mine);
    expect(await statusWith(service)).toBe(401);
    await db
      .update(orgKeys)
      .set({ expiresAt: new Date(Date.now() + 60_000) })
      .where(mine);
    expect(await statusWith(service)).toBe(200);
    await factory.orgKey(kim.user.projectId);
    expect(await statusWith(service)).toBe(401);
  });
});
