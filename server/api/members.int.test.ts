import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeEvents, homeMembers, homes, projects } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;
const milliseconds = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

describe.each(gateway())('/homes/{homeId}/members ($name)', ({ url }) => {
  let projectId: number;
  let owner: Person;
  let member: Person;
  let guest: Person;
  let homeId: number;
  beforeAll(async () => {
    projectId = (await factory.project()).id;
    owner = await factory.person(projectId, 'Owner');
    member = await factory.person(projectId, 'Member');
    guest = await factory.person(projectId, 'Guest');
  });
  beforeEach(async () => {
    await factory.forgetAttempts('send from');
    homeId = (await factory.home(owner, 'Harbour Street')).id;
    await factory.member(homeId, member, 'member');
    await factory.member(homeId, guest, 'guest');
  });
  const call = async (
    method: string,
    person: Person,
    userId: number | string | undefined,
    body?: unknown,
  ) => {
    const path = `/homes/${homeId}/members${userId === undefined ? '' : `/${userId}`}`;
    const reply = await send(url, method, path, {
      token: person.token,
      ...(body === undefined ? {} : { body }),
    });
    return {
      status: reply.status,
      body: reply.body,
      told: `${reply.status} ${reply.body?.reason ?? ''}`.trim(),
    };
  };
  const lines = async () =>
    (
      await db.select().from(homeEvents).where(eq(homeEvents.homeId, homeId)).orderBy(homeEvents.position)
    ).map(({ topic, payload }) => ({ topic, ...(payload as object) }));
  const roles = async () =>
    Object.fromEntries(
      (await db.select().from(homeMembers).where(eq(homeMembers.homeId, homeId))).map(({ userId, role }) => [
        userId,
        role,
      ]),
    );

  it('lists everybody with two roles on the wire, a guest told apart', async () => {
    const wanted = [
      { userId: owner.user.id, name: 'Owner', email: owner.user.email, role: 'owner' },
      { userId: member.user.id, name: 'Member', email: member.user.email, role: 'member' },
      { userId: guest.user.id, name: 'Guest', email: guest.user.email, role: 'member', accessRole: 'guest' },
    ].map((person) => ({ ...person, creationTime: milliseconds, verified: true }));
    const key = await factory.projectKey(projectId, []);
    for (const token of [owner.token, guest.token, key.key]) {
      const reply = await send(url, 'GET', `/homes/${homeId}/members`, { token });
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual(wanted);
      const one = await send(url, 'GET', `/homes/${homeId}/members/${guest.user.id}`, { token });
      expect(one.status).toBe(200);
      expect(one.body).toEqual(wanted[2]);
    }
  });

  it('answers strangers as the contract says', async () => {
    const neighbour = await factory.person(projectId);
    const stranger = await factory.person((await factory.project()).id);
    const body = { email: factory.email() };
    const told: Record<string, string[]> = {};
    for (const [name, token] of [
      ['neighbour', neighbour.token],
      ['stranger', stranger.token],
      ['nobody', undefined],
    ] as const) {
      const ask = async (method: string, path: string, sent?: object) => {
        const reply = await send(url, method, path, {
          ...(token === undefined ? {} : { token }),
          ...(sent === undefined ? {} : { body: sent }),
        });
        return `${reply.status} ${reply.body?.reason}`;
      };
      const one = `/homes/${homeId}/members/${member.user.id}`;
      told[name] = [
        await ask('GET', `/homes/${homeId}/members`),
        await ask('POST', `/homes/${homeId}/members`, body),
        await ask('GET', one),
        await ask('PATCH', one, { role: 'owner' }),
        await ask('DELETE', one),
      ];
    }
    const notThere = ['403 INVALID_HOME_ID', '403 INVALID_HOME_ID', ...Array(3).fill('404 NOT_FOUND')];
    expect(told).toEqual({
      neighbour: Array(5).fill('403 MEMBERS_ONLY'),
      stranger: notThere,
      nobody: Array(5).fill('401 UNAUTHENTICATED_CLIENT'),
    });
    homeId = 900_000_000_000_001;
    expect((await call('GET', stranger, undefined)).told).toBe('403 INVALID_HOME_ID');
    expect((await call('GET', owner, owner.user.id)).told).toBe('404 NOT_FOUND');
  });

  it('any member adds and removes, unless the project leaves that to owners; guests never', async () => {
    const email = () => ({ email: factory.email() });
    expect((await call('POST', guest, undefined, email())).told).toBe('403 PERMISSION_DENIED');
    expect((await call('POST', member, undefined, { ...email(), role: 'owner' })).told).toBe(
      '403 PERMISSION_DENIED',
    );
    const added = await call('POST', member, undefined, email());
    expect(added.status).toBe(201);
    expect((await call('DELETE', guest, added.body.userId)).told).toBe('403 PERMISSION_DENIED');
    expect((await call('DELETE', member, added.body.userId)).status).toBe(204);
    await db.update(projects).set({ onlyOwnersManageMembers: true }).where(eq(projects.id, projectId));
    try {
      expect((await call('POST', member, undefined, email())).told).toBe('403 PERMISSION_DENIED');
      expect((await call('DELETE', member, guest.user.id)).told).toBe('403 PERMISSION_DENIED');
      expect((await call('POST', owner, undefined, { ...email(), role: 'owner' })).body.role).toBe('owner');
      expect((await call('DELETE', guest, guest.user.id)).status).toBe(204);
      expect((await call('DELETE', owner, member.user.id)).status).toBe(204);
    } finally {
      await db.update(projects).set({ onlyOwnersManageMembers: false }).where(eq(projects.id, projectId));
    }
  });

  it('a home keeps an owner who can act', async () => {
    expect((await call('DELETE', owner, owner.user.id)).told).toBe('403 LAST_OWNER');
    expect((await call('DELETE', member, owner.user.id)).told).toBe('403 LAST_OWNER');
    expect((await call('PATCH', owner, owner.user.id, { role: 'member' })).told).toBe('403 LAST_OWNER');
    const invited = await call('POST', owner, undefined, { email: factory.email(), role: 'owner' });
    expect(invited.body.role).toBe('owner');
    expect((await call('DELETE', owner, owner.user.id)).told).toBe('403 LAST_OWNER');
    expect((await call('PATCH', owner, member.user.id, { role: 'owner' })).status).toBe(204);
    expect((await call('DELETE', owner, owner.user.id)).status).toBe(204);
    expect((await call('GET', owner, owner.user.id)).told).toBe('403 MEMBERS_ONLY');
  });

  it('of two owners who leave at once one stays', async () => {
    const jo = await factory.person(projectId);
    await factory.member(homeId, jo, 'owner');
    const replies = await Promise.all([call('DELETE', owner, owner.user.id), call('DELETE', jo, jo.user.id)]);
    expect(replies.map(({ told }) => told).sort()).toEqual(['204', '403 LAST_OWNER']);
    expect(Object.values(await roles()).filter((role) => role === 'owner')).toHaveLength(1);
  });

  it('an owner changes roles, and the home is told', async () => {
    for (const person of [member, guest])
      expect((await call('PATCH', person, person.user.id, { role: 'owner' })).told).toBe(
        '403 PERMISSION_DENIED',
      );
    for (const role of ['guest', 'member', 'owner', 'owner'] as const) {
      expect((await call('PATCH', owner, member.user.id, { role })).status).toBe(204);
      expect((await roles())[member.user.id]).toBe(role);
    }
    expect((await lines()).filter(({ topic }) => topic === 'member')).toHaveLength(3);
    for (const [body, reason] of [
      [{}, 'MISSING_PARAMETERS'],
      [{ role: null }, 'MISSING_PARAMETERS'],
      [{ role: 'king' }, 'INVALID_PARAMETER'],
      [{ role: 5 }, 'INVALID_PARAMETER'],
    ] as const) {
      expect((await call('PATCH', owner, member.user.id, body)).told).toBe(`403 ${reason}`);
    }
    const nobody = await factory.person(projectId);
    expect((await call('PATCH', owner, nobody.user.id, { role: 'member' })).told).toBe('404 NOT_FOUND');
    expect((await call('DELETE', owner, nobody.user.id)).told).toBe('404 NOT_FOUND');
    expect((await call('GET', owner, nobody.user.id)).told).toBe('404 NOT_FOUND');
    expect((await call('GET', owner, 'abc')).told).toBe('404 NOT_FOUND');
  });

  it('a switched off home keeps its members and lets nobody manage them but oneself', async () => {
    await db.update(homes).set({ deactivated: true }).where(eq(homes.id, homeId));
    expect((await call('GET', guest, undefined)).body).toHaveLength(3);
    expect((await call('POST', owner, undefined, { email: factory.email() })).told).toBe(
      '403 PERMISSION_DENIED',
    );
    expect((await call('DELETE', owner, guest.user.id)).told).toBe('403 PERMISSION_DENIED');
    expect((await call('DELETE', guest, guest.user.id)).status).toBe(204);
  });
});
