import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { homes, locks, openings } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();
const { db } = factory.deps;
/** What stands in a page: its script carries every sentence that the page may ever show. */
const shownIn = (page: string) => page.replace(/<script\b[\s\S]*?<\/script>/g, '');
const term = { validFrom: '2026-01-01T00:00:00.000Z', validUntil: '2100-01-01T12:00:00.000Z' };

describe.each(mounts())('the page of a guest ($name)', ({ url }) => {
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  let lock: Awaited<ReturnType<typeof factory.lock>>;
  beforeEach(async () => {
    kim = await factory.person((await factory.project()).id);
    home = await factory.home(kim, 'Quay <7> & "Sons"');
    lock = await factory.lock(home.id, '<b>Sea</b> door');
    await db.update(homes).set({ timezone: 'Europe/Oslo' }).where(eq(homes.id, home.id));
  });
  const make = async (body: object = {}) => {
    const doors = [{ lockId: lock.id }];
    const made = await send(url, 'POST', '/temp-keys', {
      token: kim.token,
      body: { ...term, doors, ...body },
    });
    return { ...made.body, path: new URL(made.body.url).pathname } as {
      path: string;
      uuid: string;
      pin: string;
      doors: { id: string }[];
    };
  };
  const show = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}${path}`, { headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const post = (path: string, fields: Record<string, string>) =>
    fetch(`${url}${path}/open`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const hidden = (text: string, name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1] ?? '';

  it('is one small answer that nobody may keep, frame, index or learn the address of', async () => {
    const doors = await Promise.all(Array.from({ length: 49 }, (_, n) => factory.lock(home.id, `Door ${n}`)));
    const { path } = await make({ doors: [lock, ...doors].map(({ id }) => ({ lockId: id })) });
    const { status, headers, text } = await show(path);
    expect(status).toBe(200);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(50 * 1024);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    const policy = headers.get('content-security-policy') ?? '';
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    for (const tag of text.match(/<(script|style)\b[^>]*>/g) ?? []) expect(tag).toContain(`nonce="${nonce}"`);
    expect(text).not.toMatch(/\bsrc="|<link rel="stylesheet|style="|\son\w+="/);
    expect((await show(path)).headers.get('content-security-policy')).not.toBe(policy);
  });

  it('writes names as text, whatever they are', async () => {
    const { path } = await make();
    const { text } = await show(path);
    expect(text).toContain('&lt;b&gt;Sea&lt;/b&gt; door');
    expect(text).toContain('Quay &lt;7&gt; &amp; &quot;Sons&quot;');
    expect(text).not.toContain('<b>Sea');
  });

  it('opens without a script in two steps, never by looking', async () => {
    const virtual = await factory.virtualLock(lock);
    const { path, doors } = await make();
    await show(path);
    const question = await post(path, { step: 'ask', door: doors[0]?.id ?? '' });
    expect(question.status).toBe(200);
    const asked = await question.text();
    expect(asked).toContain('Open &lt;b&gt;Sea&lt;/b&gt; door now?');
    expect(await factory.openings(lock.id)).toEqual([]);
    const fields = { door: hidden(asked, 'door'), requestId: hidden(asked, 'requestId') };
    const [first, twice] = [await post(path, fields), await post(path, fields)];
    expect([first.status, twice.status]).toEqual([303, 303]);
    const location = first.headers.get('location') ?? '';
    expect(location.startsWith(`${path}?door=${fields.door}&offline=`)).toBe(true);
    const told = await until(async () => {
      const shown = shownIn((await show(location)).text);
      return shown.includes('Open. The bolt was reported open.') && shown;
    });
    expect(told).toMatch(/data-step="confirmed" data-done=""/);
    expect(await factory.openings(lock.id)).toHaveLength(1);
    expect(virtual.actuations).toBe(1);
    await virtual.stop();
  });

  it('tells the guest how far the own request has come, and nobody of others', async () => {
    const virtual = await factory.virtualLock(lock);
    const [mine, other] = [await make(), await make()];
    const requestId = randomUUID();
    await post(mine.path, { requestId });
    const told = await until(async () => {
      const { body } = await send(url, 'GET', `${mine.path}/openings/${requestId}`);
      return body.status === 'confirmed' && body;
    });
    expect(Object.keys(told).sort()).toEqual([
      'acceptedAt',
      'createdAt',
      'isOver',
      'lateReport',
      'outcomeAt',
      'say',
      'sentAt',
      'status',
      'tone',
    ]);
    expect((await send(url, 'GET', `${other.path}/openings/${requestId}`)).status).toBe(404);
    expect((await send(url, 'GET', `${mine.path}/openings/${randomUUID()}`)).status).toBe(404);
    await virtual.stop();
  });

  it('says sent and no more while the lock is silent', async () => {
    const { path } = await make();
    const requestId = randomUUID();
    const location = (await post(path, { requestId })).headers.get('location') ?? '';
    expect(location).toContain('offline=1');
    const { text } = await show(location);
    expect(shownIn(text)).toContain('Sent. Waiting for the lock to answer.');
    expect(shownIn(text)).not.toContain('The bolt was reported open.');
    expect(text).toMatch(/data-step="sent" data-done=""/);
    expect(text).not.toMatch(/data-step="(accepted|confirmed)" data-done/);
    expect(text).toContain('http-equiv="refresh"');
    expect(shownIn(text)).toMatch(
      /id="offline" role="status" data-tone="notice">The lock cannot be reached at the moment\./,
    );
  });

  it('explains a link that is not good, and names neither home nor door', async () => {
    const cases = [
      [
        await make({ validFrom: '2020-01-01T00:00:00Z', validUntil: '2020-02-01T00:00:00Z' }),
        410,
        'has ended',
        'expired',
      ],
      [await make({ validFrom: '2099-05-01T10:00:00Z' }), 200, '1 May 2099 at 12:00', 'not-yet-valid'],
      [await make({ maxUses: 1 }), 410, 'has been used', 'used-up'],
    ] as const;
    await post(cases[2][0].path, {});
    for (const [{ path }, status, words, state] of cases) {
      const page = await show(path);
      expect({ words, status: page.status }).toEqual({ words, status });
      expect(shownIn(page.text)).toContain(words);
      expect(page.text).not.toMatch(/Quay|Sea&lt;|door</);
      expect((await send(url, 'GET', `${path}/state`)).body).toEqual({ state });
    }
    const off = await make();
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    const paused = await show(off.path);
    expect(shownIn(paused.text)).toContain('not in use at the moment');
    expect(paused.text).not.toMatch(/Quay|Sea&lt;|door</);
  });

  it('tells a guest between two windows when it works again', async () => {
    const now = new Date();
    const { path } = await make({
      weekdays: [['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][(now.getUTCDay() + 3) % 7]],
      from: '09:00',
      until: '17:30',
    });
    const { status, text } = await show(path);
    expect(status).toBe(200);
    expect(shownIn(text)).toContain('Not at this hour');
    expect(text).toMatch(/It works again from <time[^>]+>[^<]+ 09:00<\/time>/);
    expect(text).toMatch(/day, 09:00–17:30/);
    expect(shownIn(text)).toContain('Times are those of Oslo');
    expect((await post(path, {})).status).toBe(400);
  });

  it('speaks Norwegian to whoever asks for it', async () => {
    const { path } = await make({ weekdays: ['fri'], from: '00:00', until: '00:00' });
    const { text } = await show(path, { 'accept-language': 'nn,en;q=0.5' });
    expect(text).toContain('<html lang="nb">');
    expect(text).toContain('Fredag, 00:00–00:00 (neste dag)');
    expect(shownIn((await show('/k/none', { 'accept-language': 'nb' })).text)).toContain(
      'Denne lenken virker ikke',
    );
  });

  it('asks for the PIN at a door with a code, and does not open without it', async () => {
    const { path, pin } = await make({ doors: [{ lockId: lock.id, accessMethod: 'code' }] });
    expect((await show(path)).text).toContain('name="pin"');
    const wrong = await post(path, { pin: pin === '000000' ? '000001' : '000000' });
    expect(wrong.status).toBe(401);
    expect(shownIn(await wrong.text())).toContain('That PIN is not right.');
    expect((await post(path, {})).status).toBe(401);
    expect(await factory.openings(lock.id)).toEqual([]);
    expect((await post(path, { pin })).status).toBe(303);
    const [opening] = await factory.openings(lock.id);
    expect(opening).toMatchObject({ via: 'pin', principalKind: 'guestLink' });
    const other = await make({ doors: [{ lockId: lock.id, accessMethod: 'code' }] });
    expect((await post(path, { pin: other.pin })).status).toBe(401);
  });

  it('sends whoever must sign in to do so', async () => {
    const made = await send(url, 'POST', `/locks/${lock.id}/create-temp-key`, {
      token: kim.token,
      body: {
        tempKeyUuid: randomUUID(),
        accessMode: 'user-whitelist',
        allowedUserIds: [kim.user.id],
        ...term,
      },
    });
    const path = new URL(made.body.url).pathname;
    const page = await show(path);
    expect(page.status).toBe(403);
    expect(page.text).toContain('href="/sign-in"');
    expect(page.text).not.toMatch(/Quay|Sea&lt;|door</);
    const cookie = `latchkey.session=${kim.token}`;
    expect((await show(path, { cookie })).text).toContain('Sea&lt;');
    const crossSite = await fetch(`${url}${path}/open`, {
      method: 'POST',
      headers: { cookie, 'sec-fetch-site': 'cross-site' },
      redirect: 'manual',
    });
    expect(crossSite.status).toBe(403);
    expect(await factory.openings(lock.id)).toEqual([]);
  });

  it('notices within a second that the right is gone, whatever took it away', async () => {
    const state = async (path: string) => (await send(url, 'GET', `${path}/state`)).body.state;
    const revoked = await make();
    expect(await state(revoked.path)).toBe('open');
    await send(url, 'DELETE', `/temp-keys/${revoked.uuid}`, { token: kim.token });
    expect(await state(revoked.path)).toBe('unknown');
    const moved = await make();
    await db.update(locks).set({ homeId: null }).where(eq(locks.id, lock.id));
    expect(await state(moved.path)).toBe('unknown');
  });

  it('follows the last use of a link without a script to its end, and tells it on whatever page is shown', async () => {
    const { path } = await make({ maxUses: 1 });
    const requestId = randomUUID();
    const location = (await post(path, { requestId })).headers.get('location') ?? '';
    const running = await show(location);
    expect(running.status).toBe(410);
    expect(running.text).toContain('has been used');
    expect(running.text).toContain(`http-equiv="refresh" content="2;url=${path}?request=${requestId}"`);
    await db
      .update(openings)
      .set({ status: 'confirmed', outcomeAt: new Date() })
      .where(eq(openings.requestId, requestId));
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, home.id));
    for (const title of ['not in use at the moment', 'has been used']) {
      const { text } = await show(location);
      expect(shownIn(text)).toContain(title);
      expect(shownIn(text)).toContain('Open. The bolt was reported open.');
      expect(text).not.toContain('http-equiv="refresh"');
      await db.update(homes).set({ deactivated: false }).where(eq(homes.id, home.id));
    }
  });

  it('tells an open page of its own doors and the uses left, and a shut one nothing', async () => {
    const { path, doors } = await make({ maxUses: 2 });
    await factory.lock(home.id);
    const state = async () => (await send(url, 'GET', `${path}/state`)).body;
    const [door] = doors.map(({ id }) => id);
    expect(await state()).toEqual({
      state: 'open',
      doors: [{ id: door, bolt: 'unknown', isOffline: true }],
      uses: '2 openings left',
    });
    await db.update(locks).set({ bolt: 'locked', reachable: true }).where(eq(locks.id, lock.id));
    await post(path, {});
    expect(await state()).toMatchObject({
      doors: [{ id: door, bolt: 'out', isOffline: false }],
      uses: 'One opening left',
    });
    await post(path, {});
    expect(await state()).toEqual({ state: 'used-up' });
  });

  it('is HTML for every path below /k, and takes no other method', async () => {
    for (const [method, path] of [
      ['GET', '/k'],
      ['GET', '/k/a/b/c'],
      ['DELETE', '/k/abc'],
      ['PUT', '/k/abc/open'],
    ] as const) {
      const reply = await fetch(`${url}${path}`, { method });
      expect({ path, status: reply.status }).toEqual({ path, status: 404 });
      expect(shownIn(await reply.text())).toContain('This link does not work');
    }
    const long = await show(`/k/${'x'.repeat(5_000)}`);
    expect(long.status).toBe(404);
    for (const path of ['/k/%00', '/k/%zz', '/k/..%2f']) expect((await show(path)).status).toBeLessThan(500);
    const { path } = await make();
    for (const body of ['requestId=%00', `requestId=${'x'.repeat(201)}`, `door=${'x'.repeat(65)}`]) {
      const reply = await fetch(`${url}${path}/open`, {
        method: 'POST',
        body: new URLSearchParams(body),
        headers: { accept: 'application/json' },
      });
      expect(reply.status).toBe(400);
    }
    expect((await send(url, 'GET', `${path}/openings/%00`)).status).toBe(404);
    expect(await factory.openings(lock.id)).toEqual([]);
  });
});
