import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { mounts } from '@/server/testing/mounts';
import {
  makePermissionWorld,
  ownerEach,
  type PermissionWorld,
  random,
  unusable,
} from '@/server/testing/permission-world';

const factory = ground();

const people = `${ownerEach} member guest removed ownerOfB userElsewhere`;
const keys = 'key keyElsewhere orgKey orgKeyElsewhere service superKey';

/** Calls that name no object, and those that are open to all. */
const table: { call: string; rows: string }[] = [
  { call: 'GET /auth', rows: `200 | ${unusable} ${people} ${keys}` },
  { call: 'GET /locks', rows: `401 | ${unusable}\n200 | ${people} ${keys}` },
  { call: 'GET /userSession', rows: `401 | ${unusable}\n200 | ${people}\n403 | ${keys}` },
  {
    call: 'POST /auth/token',
    rows: `401 | ${unusable}\n200 | ${people} orgKey orgKeyElsewhere\n403 | key keyElsewhere service superKey`,
  },
  // The three of the owner are three ways to one session: the last of them finds it ended.
  {
    call: 'DELETE /userSession',
    rows: `401 | ${unusable}\n204 | member guest removed ownerOfB userElsewhere owner\n401 | ownerByJwt ownerByCookie\n403 | ${keys}`,
  },
];

/** `GET /homes?userId=` of: the owner, another of the project, one of another project, nobody. */
const homesOf = `
  401 401 401 401 | ${unusable}
  200 403 403 403 | ${ownerEach}
  403 200 403 403 | member
  403 403 403 403 | guest removed ownerOfB orgKey orgKeyElsewhere service superKey
  403 403 200 403 | userElsewhere keyElsewhere
  200 200 403 403 | key`;

describe.each(mounts())('rights at accounts and sessions ($name)', ({ url }) => {
  let world: PermissionWorld;
  beforeAll(async () => {
    world = await makePermissionWorld(factory, url);
  });

  it('shows the homes of a user to that user and to keys of the project', async () => {
    const { owner, member, userElsewhere } = world.people;
    const subjects = [owner.user.id, member.user.id, userElsewhere.user.id, random];
    const seen: string[] = [];
    for (const line of homesOf.trim().split('\n')) {
      const [wanted = '', names = ''] = line.split('|').map((part) => part.trim());
      for (const name of names.split(/ +/)) {
        seen.push(name);
        const statuses = [];
        for (const id of subjects) {
          const reply = await send(url, 'GET', `/homes?userId=${id}`, world.callers[name]);
          statuses.push(reply.status);
          if (reply.status === 403) expect(reply.body).toEqual({ reason: 'PERMISSION_DENIED' });
        }
        expect({ name, told: statuses.join(' ') }).toEqual({ name, told: wanted });
      }
    }
    expect(seen.sort()).toEqual(Object.keys(world.callers).sort());
  });

  it.each(table)('$call answers every credential as written', async ({ call, rows }) => {
    const [method = '', path = ''] = call.split(' ');
    const seen: string[] = [];
    for (const line of rows.split('\n')) {
      const [wanted = '', names = ''] = line.split('|').map((part) => part.trim());
      for (const name of names.split(/ +/)) {
        seen.push(name);
        const { status } = await send(url, method, path, world.callers[name]);
        expect({ name, status }).toEqual({ name, status: Number(wanted) });
      }
    }
    expect(seen.sort()).toEqual(Object.keys(world.callers).sort());
  });
});

describe.each(mounts())('accounts of projects that keep their own ($name)', ({ url }) => {
  it('are made and signed in by a key of that project with the permission, and by nobody else', async () => {
    const project = await factory.project('byou');
    const other = await factory.project('byou');
    const body = { projectId: project.id, name: 'Kim' };
    const right = await factory.projectKey(project.id, ['byou']);
    const callers = {
      nobody: {},
      'a person': { token: (await factory.person((await factory.project()).id)).token },
      'a key without the permission': { token: (await factory.projectKey(project.id, ['admin', 'kv'])).key },
      'a key of another project': { token: (await factory.projectKey(other.id, ['byou'])).key },
      'an organisation key': { apiKey: (await factory.orgKey(project.id)).key },
      'a super key': { apiKey: (await factory.orgKey()).key },
    };
    for (const [name, credentials] of Object.entries(callers)) {
      const made = await send(url, 'POST', '/users', { ...credentials, body });
      expect({ name, status: made.status, body: made.body }).toEqual({
        name,
        status: 403,
        body: { reason: 'PERMISSION_DENIED' },
      });
    }
    const made = await send(url, 'POST', '/users', { token: right.key, body });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.any(Number),
      projectId: project.id,
      creationTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      name: 'Kim',
      verified: true,
    });
    const login = { projectId: project.id, userId: made.body.id };
    for (const [name, credentials] of Object.entries(callers)) {
      const { status } = await send(url, 'POST', '/auth/user', { ...credentials, body: login });
      expect({ name, status }).toEqual({ name, status: name === 'nobody' ? 401 : 403 });
    }
    const session = await send(url, 'POST', '/auth/user', { token: right.key, body: login });
    expect(session.status).toBe(200);
    const who = await send(url, 'GET', '/auth', { token: session.body.token });
    expect(who.body).toEqual({ type: 'user', userId: made.body.id, projectId: project.id });
  });
});
