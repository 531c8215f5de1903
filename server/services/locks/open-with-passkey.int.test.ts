import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { hubs, passkeyChallenges } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { makeBrowser } from '@/server/testing/passkeys';
import { settled } from '@/server/testing/settled';
import { until } from '@/server/testing/until';
import { setReachable } from './set-reachable';

const url = inject('url');
const factory = ground();

async function guarded() {
  const browser = await makeBrowser(factory, url);
  const home = await factory.home(browser.person);
  const lock = await factory.lock(home.id);
  await factory.setGesture(lock.id, { gesture: 'hold-passkey' });
  const { device } = await browser.enrol();
  return { browser, home, lock, device };
}
const lacking = (reply: { status: number; body: unknown }) =>
  expect(reply).toMatchObject({
    status: 403,
    body: { message: expect.stringContaining('passkey'), details: [{ field: 'passkey' }] },
  });

describe('a door that asks for a passkey', () => {
  it('opens from a browser with a fresh proof, and its record says so', async () => {
    const { browser, lock, device } = await guarded();
    const virtual = await factory.virtualLock(lock);
    const passkey = await browser.prove(device, lock.id);
    expect((await browser.open(lock.id, { requestId: 'r-1', passkey })).status).toBe(200);
    const opening = await settled(url, browser.person.token, lock.id, 'confirmed');
    expect(opening).toMatchObject({ via: 'page', gesture: 'hold-passkey', requestId: 'r-1' });
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('does not open from a browser without one, and writes nothing', async () => {
    const { browser, lock } = await guarded();
    lacking(await browser.open(lock.id, { requestId: 'r-1' }));
    expect(await factory.openings(lock.id)).toEqual([]);
  });

  it('takes no detour by a token of the same browser', async () => {
    const { browser, lock } = await guarded();
    lacking(await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { token: browser.token }));
    const { token: bearer } = (await browser.call('POST', '/auth/token')).body;
    lacking(await send(url, 'POST', `/locks/${lock.id}/OpenLock`, { bearer }));
    expect(await factory.openings(lock.id)).toEqual([]);
  });

  it('opens for tokens of apps and keys of the organisation as before', async () => {
    const { browser, lock } = await guarded();
    const key = await factory.orgKey(browser.person.user.projectId);
    for (const by of [{ token: browser.person.token }, { apiKey: key.key }]) {
      const reply = await send(url, 'POST', `/locks/${lock.id}/OpenLock`, by);
      expect(reply.status).toBe(200);
    }
    expect((await factory.openings(lock.id)).map(({ gesture }) => gesture)).toEqual([null, null]);
  });

  it('takes a proof for one opening, and a retry of that one joins it without a second', async () => {
    const { browser, lock, device } = await guarded();
    const passkey = await browser.prove(device, lock.id);
    const asked = { requestId: 'r-1', passkey };
    expect((await browser.open(lock.id, asked)).status).toBe(200);
    expect((await browser.open(lock.id, asked)).status).toBe(200);
    expect((await browser.open(lock.id, { requestId: 'r-1' })).status).toBe(200);
    lacking(await browser.open(lock.id, { requestId: 'r-2', passkey }));
    expect(await factory.openings(lock.id)).toHaveLength(1);
  });

  it('opens once for twenty retries at the same time', async () => {
    const { browser, lock, device } = await guarded();
    const asked = { requestId: randomUUID(), passkey: await browser.prove(device, lock.id) };
    const replies = await Promise.all(Array.from({ length: 20 }, () => browser.open(lock.id, asked)));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await factory.openings(lock.id)).toHaveLength(1);
  });

  it('refuses a proof for another door, and that proof is worth nothing afterwards', async () => {
    const { browser, home, lock, device } = await guarded();
    const other = await factory.lock(home.id, 'Back door');
    await factory.setGesture(other.id, { gesture: 'hold-passkey' });
    const passkey = await browser.prove(device, other.id);
    lacking(await browser.open(lock.id, { passkey }));
    lacking(await browser.open(other.id, { passkey }));
    expect(await factory.openings(other.id)).toEqual([]);
  });

  it('refuses the proof of somebody else, and leaves it good for them', async () => {
    const { browser, home, lock } = await guarded();
    const member = await factory.person(browser.person.user.projectId, 'Jo', 'correct horse 9');
    await factory.member(home.id, member, 'member');
    const theirs = await makeBrowser(factory, url, member);
    const passkey = await theirs.prove((await theirs.enrol()).device, lock.id);
    lacking(await browser.open(lock.id, { passkey }));
    expect((await theirs.open(lock.id, { passkey })).status).toBe(200);
  });

  it.each([
    ['of another page', { origin: 'http://localhost:1' }],
    ['of a device that verified nobody', { isUnverified: true }],
    ['with a counter that fell back', { counter: 0 }],
  ])('refuses a proof %s, once and for all', async (_how, twist) => {
    const { browser, lock, device } = await guarded();
    await browser.open(lock.id, { passkey: await browser.prove(device, lock.id) });
    const passkey = await browser.prove(device, lock.id, twist);
    lacking(await browser.open(lock.id, { passkey }));
    const left = await factory.deps.db
      .select()
      .from(passkeyChallenges)
      .where(eq(passkeyChallenges.lockId, lock.id));
    expect(left).toEqual([]);
    expect(await factory.openings(lock.id)).toHaveLength(1);
  });

  it('refuses a proof that is older than a minute', async () => {
    const { browser, lock, device } = await guarded();
    const passkey = await browser.prove(device, lock.id);
    await factory.deps.db
      .update(passkeyChallenges)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(passkeyChallenges.lockId, lock.id));
    lacking(await browser.open(lock.id, { passkey }));
  });

  it('hands a challenge out for a minute, to those who may open and have a passkey', async () => {
    const { browser, home, lock, device } = await guarded();
    await browser.prove(device, lock.id);
    const [row] = await factory.deps.db
      .select()
      .from(passkeyChallenges)
      .where(eq(passkeyChallenges.lockId, lock.id));
    expect((row?.expiresAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(60_000);
    const member = await factory.person(browser.person.user.projectId);
    await factory.member(home.id, member, 'member');
    const theirs = await makeBrowser(factory, url, member);
    const reply = await theirs.call('POST', `/locks/${lock.id}/passkey/start`);
    expect(reply).toMatchObject({ status: 409, body: { details: [{ field: 'passkey' }] } });
  });
});

describe('a door that asks for a passkey at night', () => {
  it('asks while it is night and shows the gesture that counts', async () => {
    const { browser, lock, device } = await guarded();
    const night = {
      gesture: 'tap',
      nightGesture: 'hold-passkey',
      nightFromMinute: 0,
      nightUntilMinute: 0,
    } as const;
    await factory.setGesture(lock.id, night);
    expect((await browser.call('GET', `/locks/${lock.id}`)).body.gesture).toBe('hold-passkey');
    lacking(await browser.open(lock.id, {}));
    expect((await browser.open(lock.id, { passkey: await browser.prove(device, lock.id) })).status).toBe(200);
  });

  it('asks for nothing more by day', async () => {
    const { browser, lock } = await guarded();
    const minute = new Date().getUTCHours() * 60 + new Date().getUTCMinutes();
    const [nightFromMinute, nightUntilMinute] = [(minute + 120) % 1440, (minute + 180) % 1440];
    await factory.setGesture(lock.id, {
      gesture: 'tap',
      nightGesture: 'hold-passkey',
      nightFromMinute,
      nightUntilMinute,
    });
    expect((await browser.call('GET', `/locks/${lock.id}`)).body.gesture).toBe('tap');
    expect((await browser.open(lock.id, {})).status).toBe(200);
  });
});

describe('a door that asks for a passkey from away', () => {
  /** The browser's own requests, from a network address. */
  const from = async (
    browser: Awaited<ReturnType<typeof makeBrowser>>,
    address: string,
    [method, path, body]: [string, string, object?],
  ) => {
    const headers = { ...browser.credentials.headers, 'x-forwarded-for': address };
    return send(browser.origin, method, path, { headers, ...(body && { body }) });
  };
  async function remote() {
    const ground = await guarded();
    const rule = { gesture: 'tap', remoteGesture: 'hold-passkey' } as const;
    await factory.setGesture(ground.lock.id, rule);
    const hub = await factory.hub(ground.home);
    const addressOf = async () =>
      (await factory.deps.db.select().from(hubs).where(eq(hubs.id, hub.id)))[0]?.address;
    const door = [`GET`, `/locks/${ground.lock.id}`] as [string, string];
    const opening = ['POST', `/locks/${ground.lock.id}/OpenLock`, {}] as [string, string, object];
    return { ...ground, hub, addressOf, door, opening };
  }

  it('asks nothing more where a hub of the home is connected from, while it is', async () => {
    const { browser, hub, addressOf, door, opening } = await remote();
    const away = { gesture: 'hold-passkey', stricter: ['remote'] };
    expect((await from(browser, '127.0.0.1', door)).body).toMatchObject(away);
    lacking(await from(browser, '127.0.0.1', opening));
    const plugged = await factory.virtualHub(hub);
    await until(async () => (await addressOf()) === '127.0.0.1');
    const atHome = (await from(browser, '::ffff:127.0.0.1', door)).body;
    expect(atHome).toMatchObject({ gesture: 'tap' });
    expect(atHome).not.toHaveProperty('stricter');
    const listed = (await from(browser, '127.0.0.1', ['GET', '/locks'])).body.items;
    // The hub's coming is told to the home, whenever that gets there.
    expect(listed).toEqual([{ ...atHome, cursor: expect.any(String) }]);
    expect((await from(browser, '127.0.0.1', opening)).status).toBe(200);
    expect((await from(browser, '203.0.113.9', door)).body).toMatchObject(away);
    lacking(await from(browser, '203.0.113.9', opening));
    await plugged.end();
    await setReachable(factory.deps, hub.thing, false);
    expect(await addressOf()).toBeNull();
    lacking(await from(browser, '127.0.0.1', opening));
  });

  it('takes a broker that tells no address, and a hub of another home, for nobody at home', async () => {
    const { browser, device, lock, hub, opening } = await remote();
    await setReachable(factory.deps, hub.thing, true);
    const elsewhere = await factory.hub(await factory.home(browser.person));
    await setReachable(factory.deps, elsewhere.thing, true, '203.0.113.9');
    lacking(await from(browser, '203.0.113.9', opening));
    const passkey = await browser.prove(device, lock.id);
    expect((await browser.open(lock.id, { passkey })).status).toBe(200);
    expect((await factory.openings(lock.id))[0]?.gesture).toBe('hold-passkey');
  });

  it('knows a home by the network that its hub has in IPv6', async () => {
    const { browser, hub, opening } = await remote();
    await setReachable(factory.deps, hub.thing, true, '2001:db8:7:1:a::1');
    lacking(await from(browser, '2001:db8:7:2:a::1', opening));
    expect((await from(browser, '2001:db8:7:1:ffff::9', opening)).status).toBe(200);
  });
});

describe('asking for a passkey less often', () => {
  const weaker = { gesture: 'hold' };
  const gestureOf = async (browser: Awaited<ReturnType<typeof makeBrowser>>, lockId: number) =>
    (await browser.call('GET', `/locks/${lockId}`)).body.gesture;

  it('takes a proof of its own from a browser, once', async () => {
    const { browser, lock, device } = await guarded();
    const change = (body: object) => browser.call('PATCH', `/locks/${lock.id}`, body);
    lacking(await change(weaker));
    lacking(await change({ ...weaker, passkey: await browser.prove(device, lock.id) }));
    expect(await gestureOf(browser, lock.id)).toBe('hold-passkey');
    const passkey = await browser.prove(device, lock.id, {}, 'settings');
    lacking(await browser.open(lock.id, { passkey }));
    const proved = { ...weaker, passkey: await browser.prove(device, lock.id, {}, 'settings') };
    expect((await change(proved)).status).toBe(200);
    expect(await gestureOf(browser, lock.id)).toBe('hold');
    expect((await change({ gesture: 'hold-passkey', night: null })).status).toBe(200);
    lacking(await change(proved));
  });

  it('takes none for a name, a stricter night, or from a token of an app', async () => {
    const { browser, lock } = await guarded();
    expect((await browser.call('PATCH', `/locks/${lock.id}`, { name: 'Gate' })).status).toBe(200);
    const { token } = browser.person;
    expect((await send(url, 'PATCH', `/locks/${lock.id}`, { token, body: weaker })).status).toBe(200);
    const night = { gesture: 'hold-passkey', from: '22:00', until: '06:00' };
    expect((await browser.call('PATCH', `/locks/${lock.id}`, { night })).status).toBe(200);
    lacking(await browser.call('PATCH', `/locks/${lock.id}`, { night: { ...night, until: '05:00' } }));
    const away = { remote: 'hold-passkey', night: { ...night, until: '07:00' } };
    expect((await browser.call('PATCH', `/locks/${lock.id}`, away)).status).toBe(200);
    lacking(await browser.call('PATCH', `/locks/${lock.id}`, { remote: null }));
  });
});

describe('a guest link to a door that may ask for a passkey', () => {
  const times = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2100-01-01T00:00:00Z' };
  const night = {
    gesture: 'tap',
    nightGesture: 'hold-passkey',
    nightFromMinute: 0,
    nightUntilMinute: 1,
  } as const;
  /** A link over an ordinary door first and the guarded one second. */
  async function linking() {
    const { browser, home, lock, device } = await guarded();
    const porch = await factory.lock(home.id, 'Porch');
    await factory.setGesture(lock.id, night);
    const body = { ...times, doors: [{ lockId: porch.id }, { lockId: lock.id }] };
    const prove = (lockId = porch.id) => browser.prove(device, lockId, {}, 'link');
    const links = async () => (await browser.call('GET', '/temp-keys')).body.tempKeys.length as number;
    return { browser, device, lock, porch, body, prove, links };
  }

  it('takes a proof of its own from a browser, for its first door, once', async () => {
    const { browser, device, lock, porch, body, prove, links } = await linking();
    const make = (passkey?: object) => browser.call('POST', '/temp-keys', { ...body, passkey });
    lacking(await make());
    lacking(await make(await browser.prove(device, porch.id)));
    lacking(await make(await browser.prove(device, porch.id, {}, 'settings')));
    lacking(await make(await prove(lock.id)));
    lacking(await browser.call('PATCH', `/locks/${lock.id}`, { night: null, passkey: await prove(lock.id) }));
    expect(await links()).toBe(0);
    const passkey = await prove();
    expect((await make(passkey)).status).toBe(201);
    lacking(await make(passkey));
    expect(await links()).toBe(1);
  });

  it('takes one where a single lock is named, and for the detour by a token of the same browser', async () => {
    const { browser, lock, body, prove, links } = await linking();
    lacking(await send(url, 'POST', '/temp-keys', { token: browser.token, body }));
    const asked = { tempKeyUuid: randomUUID(), accessMode: 'public', ...times };
    const make = (passkey?: object) =>
      browser.call('POST', `/locks/${lock.id}/create-temp-key`, { ...asked, passkey });
    lacking(await make());
    expect(await links()).toBe(0);
    expect((await make(await prove(lock.id))).status).toBe(200);
    expect((await make()).body.event).toBeNull();
  });

  it('takes one for other times or more uses, and none for another name or for its end', async () => {
    const { browser, lock, body, prove } = await linking();
    const { uuid } = (await browser.call('POST', '/temp-keys', { ...body, passkey: await prove() })).body;
    const change = (changes: object) =>
      browser.call('POST', `/locks/${lock.id}/update-temp-key`, { tempKeyUuid: uuid, ...changes });
    expect((await change({ label: 'Cleaner', maxUses: null })).status).toBe(200);
    for (const more of [{ maxUses: 3 }, { validUntil: '2101-01-01T00:00:00Z' }, { from: '08:00' }])
      lacking(await change(more));
    expect((await change({ maxUses: 3, passkey: await prove() })).body.event.type).toBe('TempKeyUpdated');
    expect((await browser.call('DELETE', `/temp-keys/${uuid}`)).status).toBe(200);
  });

  it('takes none of tokens of apps, keys of the organisation, and for doors that never ask for one', async () => {
    const { browser, porch, body } = await linking();
    const { key } = await factory.orgKey(browser.person.user.projectId);
    for (const by of [{ token: browser.person.token }, { apiKey: key }])
      expect((await send(url, 'POST', '/temp-keys', { ...by, body })).status).toBe(201);
    const plain = { ...times, doors: [{ lockId: porch.id }] };
    expect((await browser.call('POST', '/temp-keys', plain)).status).toBe(201);
  });
});
