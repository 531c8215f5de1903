import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { homeMembers } from '@/drizzle/schema';
import { setReachable } from '@/server/services/locks/set-reachable';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { connectLive, type Live } from '@/server/testing/live-client';
import { connectService, type Wire } from '@/server/testing/mqtt-wire';

const factory = ground();
const url = inject('url');
const { db } = factory.deps;
let kim: Person;
let service: Wire;
const open: Live[] = [];
const keep = async (connecting: Promise<Live>): Promise<Live> => {
  const live = await connecting;
  open.push(live);
  return live;
};
beforeAll(async () => {
  kim = await factory.person((await factory.project()).id);
  service = await connectService(inject('mqttUrl'), factory);
});
afterEach(() => {
  for (const live of open.splice(0)) live.close();
});
afterAll(() => service.end());

/** Something that a listener of the home is told of. */
const rename = async (homeId: number, name: string) => {
  expect((await send(url, 'PATCH', `/homes/${homeId}`, { token: kim.token, body: { name } })).status).toBe(
    204,
  );
};

describe('who may connect', () => {
  const refusal = (token: string | undefined, options = {}) =>
    connectLive(url, token, options).then(
      (live) => {
        live.close();
        return 'let in';
      },
      (error: Error) => error.message,
    );

  it('whoever has a token, a JWT or the cookie of our own page', async () => {
    const jwt = (await send(url, 'POST', '/auth/token', { token: kim.token })).body.token;
    const cookie = `latchkey.session=${kim.token}`;
    expect(await refusal(kim.token)).toBe('let in');
    expect(await refusal(jwt)).toBe('let in');
    expect(await refusal((await factory.projectKey(kim.user.projectId)).key)).toBe('let in');
    expect(await refusal(undefined, { extraHeaders: { cookie } })).toBe('let in');
    expect(await refusal(undefined, { extraHeaders: { cookie, origin: url } })).toBe('let in');
  });

  it('nobody else', async () => {
    const ended = await factory.session(kim);
    await send(url, 'DELETE', '/userSession', { token: ended.token });
    const cookie = `latchkey.session=${kim.token}`;
    for (const token of [undefined, '', 'v1.a.1.b', 'a.b.c', ended.token])
      expect(await refusal(token)).toBe('unauthenticated');
    expect(await refusal(undefined, { extraHeaders: { cookie, origin: 'https://elsewhere.example' } })).toBe(
      'unauthenticated',
    );
    expect(await refusal(undefined, { extraHeaders: { cookie: `latchkey.session=${ended.token}` } })).toBe(
      'unauthenticated',
    );
    expect(await refusal(undefined, { auth: { token: { $ne: '' } } })).toBe('unauthenticated');
  });
});

describe('which home may be followed', () => {
  it('by its members, guests and keys of its project', async () => {
    const home = await factory.home(kim);
    const [member, guest] = [
      await factory.person(kim.user.projectId),
      await factory.person(kim.user.projectId),
    ];
    await factory.member(home.id, member, 'member');
    await factory.member(home.id, guest, 'guest');
    const key = await factory.projectKey(kim.user.projectId);
    for (const token of [kim.token, member.token, guest.token, key.key]) {
      const live = await keep(connectLive(url, token));
      expect(await live.subscribe(home.id)).toEqual({ ok: true, cursor: expect.any(String) });
      expect(await live.subscribe(String(home.id))).toMatchObject({ ok: true });
    }
  });

  it('by a guest for the doors of a grant alone, from the moment it is given until it is taken away', async () => {
    const home = await factory.home(kim);
    const [mine, other] = [await factory.lock(home.id), await factory.lock(home.id, 'Cellar')];
    const guest = await factory.person(kim.user.projectId);
    await factory.member(home.id, guest, 'guest');
    const live = await keep(connectLive(url, guest.token));
    expect(await live.subscribe(home.id)).toMatchObject({ ok: true });
    const owner = { token: kim.token };
    const told = async (lock: typeof mine) => {
      await setReachable(factory.deps, lock.thing, true);
      await setReachable(factory.deps, lock.thing, false);
    };
    /** What the guest has heard of doors when the owner’s change of name has come as well. */
    const heard = async () => {
      await rename(home.id, randomUUID());
      const topics: string[] = [];
      for (;;) {
        const [message] = await live.take(1);
        if (message === undefined || message.topic === 'home') return topics;
        topics.push(`${message.topic} ${(message.payload as { lockId?: number }).lockId}`);
      }
    };
    await told(mine);
    expect(await heard()).toEqual([]);
    const body = { userId: guest.user.id };
    const given = await send(url, 'POST', `/locks/${mine.id}/grants`, { ...owner, body });
    expect(given.status).toBe(201);
    await expect
      .poll(
        async () => {
          await told(mine);
          return (await heard()).length;
        },
        { timeout: 25_000 },
      )
      .toBeGreaterThan(0);
    await told(other);
    await told(mine);
    expect(new Set(await heard())).toEqual(new Set([`door ${mine.id}`]));
    await send(url, 'DELETE', `/locks/${mine.id}/grants/${given.body.id}`, owner);
    await expect
      .poll(
        async () => {
          await told(mine);
          return (await heard()).length;
        },
        { timeout: 25_000 },
      )
      .toBe(0);
  });

  it('by no stranger, and a home that is not there is answered alike', async () => {
    const home = await factory.home(kim);
    const gone = await factory.home(kim);
    await send(url, 'DELETE', `/homes/${gone.id}`, { token: kim.token });
    const neighbour = await factory.person(kim.user.projectId);
    const foreigner = await factory.person((await factory.project()).id);
    const key = await factory.projectKey((await factory.project()).id);
    for (const token of [neighbour.token, foreigner.token, key.key]) {
      const live = await keep(connectLive(url, token));
      for (const homeId of [home.id, gone.id, 900_000_000_000_001]) {
        expect(await live.subscribe(homeId)).toEqual({ ok: false, reason: 'forbidden' });
      }
      await rename(home.id, 'Secret');
      expect(live.pending).toEqual([]);
    }
  });

  it('not by what is no id and no cursor of that home, and the socket lives on', async () => {
    const [home, other] = [await factory.home(kim), await factory.home(kim)];
    const live = await keep(connectLive(url, kim.token));
    const answer = await live.subscribe(other.id);
    const foreign = answer.ok ? answer.cursor : '';
    for (const homeId of ['x', '', null, {}, [], -1.5, '1; drop table homes', Number.NaN]) {
      expect(await live.subscribe(homeId)).toMatchObject({ ok: false });
    }
    for (const after of ['', 'x', 7, {}, foreign, 'x'.repeat(201)]) {
      expect(await live.subscribe(home.id, after)).toEqual({ ok: false, reason: 'invalid' });
    }
    for (const payload of [undefined, null, 'x', [[]], 5]) live.socket.emit('subscribe', payload);
    live.socket.emit('unsubscribe', null);
    live.socket.emit('unsubscribe', { homeId: { a: 1 } });
    live.socket.emit('no such thing', {});
    expect(await live.subscribe(home.id)).toMatchObject({ ok: true });
  });

  it('and a frame above 64 KiB ends the socket that sent it', async () => {
    const live = await keep(connectLive(url, kim.token));
    live.socket.emit('subscribe', { homeId: 'x'.repeat(70_000) });
    await live.closed;
  });
});

describe('what is taken away is gone at once', () => {
  it('the feeds of a session that has ended, not those of another', async () => {
    const home = await factory.home(kim);
    const session = await factory.session(kim);
    const [ending, staying] = [
      await keep(connectLive(url, session.token)),
      await keep(connectLive(url, kim.token)),
    ];
    for (const live of [ending, staying]) await live.subscribe(home.id);
    await send(url, 'DELETE', '/userSession', { token: session.token });
    expect(await ending.revoked()).toEqual({});
    await ending.closed;
    await rename(home.id, 'After');
    expect(await staying.take(1)).toMatchObject([{ topic: 'home', payload: { name: 'After' } }]);
    expect(ending.pending).toEqual([]);
  });

  it('the feed of a home that a member was taken out of, and of no other home', async () => {
    const [home, other] = [await factory.home(kim), await factory.home(kim)];
    const jo = await factory.person(kim.user.projectId);
    for (const { id } of [home, other]) await factory.member(id, jo, 'member');
    const live = await keep(connectLive(url, jo.token));
    for (const { id } of [home, other]) await live.subscribe(id);
    await db
      .delete(homeMembers)
      .where(and(eq(homeMembers.homeId, home.id), eq(homeMembers.userId, jo.user.id)));
    await service.publish(`latchkey/v1/revoke/member/${home.id}`, {
      kind: 'member',
      homeId: home.id,
      userId: jo.user.id,
    });
    expect(await live.revoked()).toEqual({ homeId: home.id });
    await rename(home.id, 'Secret');
    await rename(other.id, 'Open');
    expect(await live.take(1)).toMatchObject([{ homeId: other.id }]);
    expect(live.pending).toEqual([]);
    expect(await live.subscribe(home.id)).toEqual({ ok: false, reason: 'forbidden' });
  });

  it('the feed of a home that was deleted', async () => {
    const home = await factory.home(kim);
    const live = await keep(connectLive(url, kim.token));
    await live.subscribe(home.id);
    await send(url, 'DELETE', `/homes/${home.id}`, { token: kim.token });
    expect(await live.revoked()).toEqual({ homeId: home.id });
  });

  it('what an unsubscribed home has to tell', async () => {
    const [home, other] = [await factory.home(kim), await factory.home(kim)];
    const live = await keep(connectLive(url, kim.token));
    await live.subscribe(home.id);
    live.socket.emit('unsubscribe', { homeId: home.id });
    await live.subscribe(other.id);
    await rename(home.id, 'Unheard');
    await rename(other.id, 'Heard');
    expect(await live.take(1)).toMatchObject([{ homeId: other.id }]);
  });

  it('the oldest of a person’s sockets when the eleventh comes', async () => {
    const jo = await factory.person(kim.user.projectId);
    const sockets: Live[] = [];
    for (let count = 0; count < 11; count += 1) sockets.push(await keep(connectLive(url, jo.token)));
    await sockets[0]?.closed;
    const home = await factory.home(jo);
    const answers = await Promise.all(sockets.slice(1).map((live) => live.subscribe(home.id)));
    expect(answers.map(({ ok }) => ok)).toEqual(Array(10).fill(true));
  });
});
