import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { homes, locks, messages, notifiedHomes, pushMessages, pushSubscriptions } from '@/drizzle/schema';
import { record } from '@/server/event-store/outbox';
import { followAbsences, unreachableAfterMs } from '@/server/services/notifications/follow-homes';
import { vapidKeys } from '@/server/services/notifications/vapid-keys';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { recordEvent } from '../services/events/record-event';
import { postPush } from './post-push';

const url = inject('url');
const factory = ground();
const { db } = factory.deps;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A browser: its keys, and how it reads what a push service hands it (RFC 8188 section 2, RFC 8291 section 3). */
function browser() {
  const curve: ECDH = createECDH('prime256v1');
  const publicKey = curve.generateKeys();
  const auth = randomBytes(16);
  const derive = (salt: Buffer, secret: Buffer, info: Buffer, length: number) =>
    Buffer.from(hkdfSync('sha256', secret, salt, info, length));
  return {
    keys: { p256dh: publicKey.toString('base64url'), auth: auth.toString('base64url') },
    auth,
    read(body: Buffer): unknown {
      const salt = body.subarray(0, 16);
      const keyLength = body[20] ?? 0;
      const sender = body.subarray(21, 21 + keyLength);
      const sealed = body.subarray(21 + keyLength);
      const shared = curve.computeSecret(sender);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), publicKey, sender]);
      const secret = derive(auth, shared, info, 32);
      const key = derive(salt, secret, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = derive(salt, secret, Buffer.from('Content-Encoding: nonce\0'), 12);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      // The last record ends with 2 and zeros.
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
    },
  };
}

interface Pushed {
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A push service on loopback. */
async function pushService(status = 201) {
  const pushed: Pushed[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      pushed.push({ headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { pushed, origin, endpoint: `${origin}/send/1` };
}

/** Claims of the token by which a push service knows who pushes, if the key beside it signed them (RFC 8292). */
function claimsOf(header: string | undefined): { aud: string; exp: number; sub: string; key: string } {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(header ?? '') ?? [];
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const [head = '', claims = '', signature = ''] = token.split('.');
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  if (!isSigned) throw new Error('the token is not signed by its key');
  return { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), key };
}

const soon = () => new Date(Date.now() + 60_000);
const loopback = (address: string) => address === '127.0.0.1';
const settings = (isAllowed?: (address: string) => boolean) => ({
  keys: vapidKeys(factory.deps.secrets),
  subject: 'https://latchkey.example',
  now: () => new Date(),
  ...(isAllowed === undefined ? {} : { isAllowed }),
});

describe('a push', () => {
  it('reaches the browser encrypted for it alone, with its life, urgency and topic, signed by this installation', async () => {
    const [phone, service] = [browser(), await pushService()];
    const body = { title: 'Front door is jammed', topic: 'jammed', tag: 'jammed-7' };
    const push = { endpoint: service.endpoint, p256dh: phone.keys.p256dh, body, usefulUntil: soon() };
    expect(await postPush(push, phone.auth, settings(loopback))).toEqual({ status: 201 });
    const [got] = service.pushed;
    expect(phone.read(got?.body ?? Buffer.alloc(0))).toEqual(body);
    expect(got?.body.toString('latin1')).not.toContain('jammed');
    expect(got?.headers).toMatchObject({
      'content-encoding': 'aes128gcm',
      urgency: 'high',
      topic: 'jammed-7',
    });
    expect(Number(got?.headers.ttl)).toBeGreaterThan(50);
    const claims = claimsOf(got?.headers.authorization);
    expect(claims).toMatchObject({
      aud: service.origin,
      sub: 'https://latchkey.example',
      key: vapidKeys(factory.deps.secrets).publicKey,
    });
    expect(claims.exp).toBeGreaterThan(Date.now() / 1_000);
  });

  it('goes to no address of this network', async () => {
    const [phone, service] = [browser(), await pushService()];
    const at = (endpoint: string) =>
      postPush(
        { endpoint, p256dh: phone.keys.p256dh, body: {}, usefulUntil: soon() },
        phone.auth,
        settings(),
      );
    expect(await at(service.endpoint)).toMatchObject({ error: 'the address is not public' });
    expect(await at(service.endpoint.replace('127.0.0.1', 'localhost'))).toMatchObject({
      error: 'the address is not public',
    });
    expect(service.pushed).toEqual([]);
  });

  it('is given up when it is of no use any more', async () => {
    const phone = browser();
    const old = {
      endpoint: 'https://push.example/1',
      p256dh: phone.keys.p256dh,
      body: {},
      usefulUntil: new Date(0),
    };
    expect(await postPush(old, phone.auth, settings())).toMatchObject({ isFinal: true });
  });
});

describe('the notifier of a running system', () => {
  let kim: Person;
  let gus: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    const project = await factory.project();
    [kim, gus] = [await factory.person(project.id, 'Kim'), await factory.person(project.id, 'Gus')];
    home = await factory.home(kim);
    await factory.member(home.id, gus, 'guest');
    lock = await factory.lock(home.id, 'Sea door');
    await until(async () => {
      const [row] = await db.select().from(notifiedHomes).where(eq(notifiedHomes.homeId, home.id));
      return row !== undefined;
    });
  });
  const subscribe = (who: Person) =>
    send(url, 'PUT', '/userSession/push', {
      token: who.token,
      body: { endpoint: `https://push.invalid/${who.sessionId}`, keys: browser().keys },
    });
  const choose = (who: Person, body: object) =>
    send(url, 'PUT', '/userSession/notifications', { token: who.token, body: { homeId: home.id, ...body } });
  const pushesOf = (who: Person) =>
    db
      .select({ body: pushMessages.body, cause: pushMessages.cause })
      .from(pushMessages)
      .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushMessages.subscriptionId))
      .where(eq(pushSubscriptions.userId, who.user.id));
  const mailsOf = (who: Person) =>
    db
      .select()
      .from(messages)
      .where(eq(messages.recipient, who.user.email ?? ''));
  const say = (state: object) =>
    db.transaction((tx) => record(tx, home.id, 'door', { lockId: lock.id, ...state }));
  /** Everything that was said so far has been read. */
  const isRead = () =>
    until(async () => {
      const [row] = await db
        .select({ position: notifiedHomes.position })
        .from(notifiedHomes)
        .where(eq(notifiedHomes.homeId, home.id));
      const [now] = await db.select({ position: homes.position }).from(homes).where(eq(homes.id, home.id));
      return row !== undefined && row.position === now?.position;
    });

  it('tells the owner of a jam once, and a guest without a grant never', async () => {
    expect((await subscribe(kim)).status).toBe(204);
    await subscribe(gus);
    await say({ bolt: 'jammed', door: 'closed' });
    await say({ bolt: 'jammed', door: 'ajar' });
    await isRead();
    const told = await pushesOf(kim);
    expect(told.map(({ body }) => body)).toMatchObject([
      { title: 'Sea door is jammed', path: `/dashboard/locks/${lock.id}`, tag: `jammed-${lock.id}` },
    ]);
    expect(await pushesOf(gus)).toEqual([]);
  });

  it('mails who chose mails, and tells nobody who chose nothing', async () => {
    expect((await choose(kim, { lockId: lock.id, topic: 'jammed', channels: ['mail'] })).status).toBe(204);
    await subscribe(kim);
    await say({ bolt: 'jammed' });
    await isRead();
    expect(await pushesOf(kim)).toEqual([]);
    expect((await mailsOf(kim)).map(({ subject }) => subject)).toEqual(['Sea door is jammed']);
  });

  it('finds a jam among what devices tell, which by itself is no news', async () => {
    await subscribe(kim);
    const tell = () =>
      recordEvent(db, {
        eventType: 'reading',
        eventData: {},
        timestamp: new Date().toISOString(),
        homeId: home.id,
      });
    const marks = async () => {
      const [row] = await db
        .select({ read: notifiedHomes.position, news: homes.newsPosition, position: homes.position })
        .from(homes)
        .innerJoin(notifiedHomes, eq(notifiedHomes.homeId, homes.id))
        .where(eq(homes.id, home.id));
      if (row === undefined) throw new Error('the home is not followed');
      return row;
    };
    const before = await marks();
    for (let count = 0; count < 3; count += 1) await tell();
    expect(await marks()).toEqual({ ...before, position: before.position + 3 });
    await say({ bolt: 'jammed' });
    await until(async () => (await pushesOf(kim)).length > 0);
    expect(await marks()).toMatchObject({ read: before.position + 4, news: before.position + 4 });
    await tell();
    await say({ bolt: 'locked' });
    await isRead();
    expect(await pushesOf(kim)).toHaveLength(1);
  });

  it('tells of a refusal, once a minute at a door', async () => {
    await choose(kim, { lockId: lock.id, topic: 'refused', channels: ['push'] });
    await subscribe(kim);
    const refuse = () => send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: gus.token, body: {} });
    await refuse();
    await until(async () => (await pushesOf(kim)).length > 0);
    await refuse();
    await refuse();
    await isRead();
    expect(await pushesOf(kim)).toHaveLength(1);
  });

  it('tells of a lock that is away for two minutes, once, and not before', async () => {
    await subscribe(kim);
    const away = async (ms: number) => {
      await db
        .update(locks)
        .set({ reachable: false, reachableSince: new Date(Date.now() - ms) })
        .where(eq(locks.id, lock.id));
      await followAbsences(factory.deps);
      await followAbsences(factory.deps);
      return (await pushesOf(kim)).length;
    };
    expect(await away(unreachableAfterMs - 20_000)).toBe(0);
    expect(await away(unreachableAfterMs + 1_000)).toBe(1);
  });

  it('ends with the session', async () => {
    await subscribe(kim);
    await send(url, 'DELETE', '/userSession', { token: kim.token });
    await say({ bolt: 'jammed' });
    await isRead();
    expect(await pushesOf(kim)).toEqual([]);
  });

  it('shows and takes choices of homes and doors that the person sees, and of no other', async () => {
    const mine = (await send(url, 'GET', '/userSession/notifications', { token: kim.token })).body;
    expect(mine.homes[0].doors[0].topics).toContainEqual({
      topic: 'jammed',
      channels: ['push'],
      isDefault: true,
    });
    expect(Buffer.from(mine.pushKey, 'base64url')).toHaveLength(65);
    const guests = (await send(url, 'GET', '/userSession/notifications', { token: gus.token })).body;
    expect(guests.homes[0].doors).toEqual([]);
    expect((await choose(gus, { lockId: lock.id, topic: 'jammed', channels: [] })).status).toBe(403);
    expect((await choose(gus, { topic: 'opened', channels: ['push'] })).status).toBe(403);
    const stranger = await factory.person(home.projectId);
    expect((await choose(stranger, { topic: 'jammed', channels: [] })).status).toBe(403);
  });

  it('keeps the secret of a browser sealed, and takes no endpoint without TLS', async () => {
    await subscribe(kim);
    const [row] = await db.select().from(pushSubscriptions).where(eq(pushSubscriptions.userId, kim.user.id));
    expect(row?.sealedAuth.length).toBeGreaterThan(16);
    const plain = { endpoint: 'http://push.example/1', keys: browser().keys };
    expect((await send(url, 'PUT', '/userSession/push', { token: kim.token, body: plain })).status).toBe(403);
  });
});
