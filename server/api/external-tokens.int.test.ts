import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { JWTPayload } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projects, users } from '@/drizzle/schema';
import { createIssuer } from '@/server/services/issuers/create-issuer';
import { removeIssuer } from '@/server/services/issuers/remove-issuer';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { type IdentityProvider, startIdentityProvider } from '@/server/testing/identity-provider';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe.each(gateway())('JWTs of an identity provider of the project ($name)', ({ url }) => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  let provider: IdentityProvider;
  let issuerId: number;
  beforeEach(async () => {
    project = await factory.project();
    await db.update(projects).set({ allowPrivateWebhooks: true }).where(eq(projects.id, project.id));
    kim = await factory.person(project.id);
    await db
      .update(users)
      .set({ externalKey: `auth0|${kim.user.id}` })
      .where(eq(users.id, kim.user.id));
    lock = await factory.lock((await factory.home(kim)).id);
    provider = await startIdentityProvider();
    issuerId = (await trust(provider)).id;
  });
  afterEach(() => provider.stop());
  const trust = (of: IdentityProvider) =>
    createIssuer(factory.deps, {
      projectId: project.id,
      issuer: of.issuer,
      audience: 'latchkey-home',
      jwksUrl: of.jwksUrl,
    });
  const sub = () => `auth0|${kim.user.id}`;
  const call = (bearer: string, path = '/basic-info') =>
    send(url, 'GET', `/locks/${lock.id}${path}`, { bearer });
  const statusOf = async (claims: JWTPayload, header?: object) =>
    (await call(await provider.sign(claims, header))).status;

  it('count for the person that the provider names, at the lock API and at the home API', async () => {
    const bearer = await provider.sign({ sub: sub() });
    const opened = await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { bearer });
    expect(opened.status).toBe(200);
    expect(await factory.openings(lock.id)).toMatchObject([
      { principalKind: 'user', principalId: String(kim.user.id), principalName: 'Kim' },
    ]);
    const home = await send(url, 'GET', `/users/${kim.user.id}`, { bearer });
    expect(home.status).toBe(200);
  });

  it('count for a verified address, where the account has no other name at the provider', async () => {
    const jo = await factory.person(project.id, 'Jo');
    const email = jo.user.email?.toUpperCase();
    const who = async (claims: JWTPayload) =>
      (await send(url, 'GET', '/auth', { bearer: await provider.sign(claims) })).body;
    expect(await who({ sub: 'new', email, email_verified: true })).toMatchObject({ userId: jo.user.id });
    const nobody = { type: 'nobody' };
    expect(await who({ sub: 'new', email })).toEqual(nobody);
    expect(await who({ sub: 'new', email, email_verified: 'true' })).toEqual(nobody);
    expect(await who({ sub: 'new', email: kim.user.email, email_verified: true })).toEqual(nobody);
    await db.update(users).set({ verified: false }).where(eq(users.id, jo.user.id));
    expect(await who({ sub: 'new', email, email_verified: true })).toEqual(nobody);
  });

  it('name nobody of another project', async () => {
    const stranger = await factory.person((await factory.project()).id);
    await db.update(users).set({ externalKey: 'theirs' }).where(eq(users.id, stranger.user.id));
    expect(await statusOf({ sub: 'theirs' })).toBe(401);
    expect(await statusOf({ sub: 'x', email: stranger.user.email, email_verified: true })).toBe(401);
  });

  it('are refused when anything about them is wrong', async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await statusOf({ sub: sub() })).toBe(200);
    const refused: JWTPayload[] = [
      {},
      { sub: '' },
      { sub: 'nobody' },
      { sub: 'a\u0000b' },
      { sub: sub(), exp: now - 60 },
      { sub: sub(), exp: undefined },
      { sub: sub(), nbf: now + 600 },
      { sub: sub(), aud: 'another-app' },
      { sub: sub(), aud: undefined },
      { sub: sub(), iss: 'https://elsewhere.example' },
      { sub: sub(), iss: 'latchkey', aud: 'latchkey' },
      { sub: sub(), iss: undefined },
    ];
    for (const claims of refused)
      expect({ claims, status: await statusOf(claims) }).toEqual({ claims, status: 401 });
    expect(await statusOf({ sub: sub(), aud: ['another-app', 'latchkey-home'] })).toBe(200);
  });

  it('are refused without a signature of the provider', async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = base64({ iss: provider.issuer, aud: 'latchkey-home', sub: sub(), exp: now + 300 });
    const good = await provider.sign({ sub: sub() });
    const other = await startIdentityProvider();
    const forged = await other.sign({ iss: provider.issuer, sub: sub() });
    await other.stop();
    const shared = `${base64({ alg: 'HS256', kid: 'key-1' })}.${claims}`;
    const hmac = createHmac('sha256', provider.jwksUrl).update(shared).digest('base64url');
    const bad = [
      `${base64({ alg: 'none' })}.${claims}.`,
      `${shared}.${hmac}`,
      forged,
      `${good.slice(0, -4)}AAAA`,
      `${base64({ alg: 'ES256', kid: 'key-1', jwk: {}, jku: 'http://127.0.0.1:1/jwks' })}.${claims}.AAAA`,
    ];
    for (const token of bad) expect((await call(token)).status).toBe(401);
  });

  it('are refused from the moment on when the project trusts the provider no longer', async () => {
    const bearer = await provider.sign({ sub: sub() });
    expect((await call(bearer)).status).toBe(200);
    await removeIssuer(factory.deps, issuerId);
    expect((await call(bearer)).status).toBe(401);
    await trust(provider);
    expect((await call(bearer)).status).toBe(200);
  });

  it('give no token of ours, and no session', async () => {
    const bearer = await provider.sign({ sub: sub() });
    expect((await send(url, 'POST', '/auth/token', { bearer })).status).toBe(403);
    expect((await send(url, 'GET', '/userSession', { bearer })).status).not.toBe(200);
  });

  it.each(['broken', 'silent', 'elsewhere'] as const)(
    'are answered 503 while the provider is %s, and nobody else waits for it',
    async (mood) => {
      provider.mood = mood;
      const well = await startIdentityProvider('RS256');
      await trust(well);
      const bearer = await provider.sign({ sub: sub() });
      const stuck = call(bearer);
      const other = call(await well.sign({ sub: sub() }));
      const session = send(url, 'GET', `/locks/${lock.id}/basic-info`, { token: kim.token });
      // Whoever does not need the unwell one is answered first.
      expect(await Promise.race([stuck, other, session].slice(mood === 'silent' ? 0 : 1))).toMatchObject({
        status: 200,
      });
      expect((await other).status).toBe(200);
      expect((await session).status).toBe(200);
      const refused = await stuck;
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(refused.body).toMatchObject({ success: false, code: 503 });
      // Within the pause nobody asks again, and nobody waits.
      const asked = provider.asked;
      expect((await call(bearer)).status).toBe(503);
      expect(provider.asked).toBe(asked);
      await well.stop();
    },
  );

  it('are verified with keys that are asked for once', async () => {
    const bearer = await provider.sign({ sub: sub() });
    const replies = await Promise.all(Array.from({ length: 10 }, () => call(bearer)));
    expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(provider.asked).toBe(1);
  });
});

describe('an operator names identity providers', () => {
  it('by https alone, each with its audience once', async () => {
    const project = await factory.project();
    const named = { projectId: project.id, issuer: `https://${project.uuid}`, audience: 'app' };
    const jwksUrl = `https://${project.uuid}/jwks`;
    for (const bad of ['http://127.0.0.1/jwks', 'http://id.example.com/jwks', 'nonsense'])
      await expect(createIssuer(factory.deps, { ...named, jwksUrl: bad })).rejects.toMatchObject({
        issues: [{ field: 'jwks-url' }],
      });
    const { id } = await createIssuer(factory.deps, { ...named, jwksUrl });
    await expect(createIssuer(factory.deps, { ...named, jwksUrl })).rejects.toMatchObject({
      issues: [{ field: 'issuer' }],
    });
    await expect(createIssuer(factory.deps, { ...named, issuer: 'latchkey', jwksUrl })).rejects.toMatchObject(
      {
        issues: [{ field: 'issuer' }],
      },
    );
    await removeIssuer(factory.deps, id);
    await expect(removeIssuer(factory.deps, id)).rejects.toMatchObject({ issues: [{ field: 'id' }] });
    expect(await createIssuer(factory.deps, { ...named, jwksUrl })).toMatchObject({ id, revokedAt: null });
  });
});
