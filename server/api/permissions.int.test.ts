import { randomUUID } from 'node:crypto';
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

const readers = `
  401 401 401 401 401 | ${unusable}
  200 403 404 404 404 | ${ownerEach} member
  403 403 404 404 404 | guest removed
  403 200 404 404 404 | ownerOfB
  404 404 200 404 404 | userElsewhere
  200 200 404 404 404 | key orgKey service
  404 404 200 404 404 | keyElsewhere orgKeyElsewhere
  200 200 200 404 404 | superKey`;

/** What the owner of the home and the keys of its organisation may do; `done` is what they are answered here. */
const managers = (done: string) => `
  401 401 401 401 401 | ${unusable}
  ${done} 403 404 404 404 | ${ownerEach}
  403 403 404 404 404 | member guest removed
  403 ${done} 404 404 404 | ownerOfB
  404 404 ${done} 404 404 | userElsewhere orgKeyElsewhere
  ${done} ${done} 404 404 404 | orgKey service
  ${done} ${done} ${done} 404 404 | superKey
  403 403 403 403 403 | key keyElsewhere`;

/** The same without people. */
const organisation = (done: string) => `
  401 401 401 401 401 | ${unusable}
  ${done} ${done} 404 404 404 | orgKey service
  404 404 ${done} 404 404 | orgKeyElsewhere
  ${done} ${done} ${done} 404 404 | superKey
  403 403 403 403 403 | ${ownerEach} member guest removed ownerOfB userElsewhere key keyElsewhere`;
const ownersAlone = (status: number) => `
  401 401 401 401 401 | ${unusable}
  ${status} 403 404 404 404 | ${ownerEach}
  403 403 404 404 404 | member guest removed
  403 ${status} 404 404 404 | ownerOfB
  404 404 ${status} 404 404 | userElsewhere
  403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`;

/** Statuses at home A, home B of the project, home X of another project, a deleted one and a random id. */
const table: { call: string; body?: object; who?: string; rows: string }[] = [
  {
    call: 'GET /homes/{home}',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member guest
      403 403 404 404 404 | removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere keyElsewhere
      200 200 404 404 404 | key
      403 403 403 403 403 | orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'PATCH /homes/{home}',
    body: { name: 'Renamed' },
    rows: `
      401 401 401 401 401 | ${unusable}
      204 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | guest removed
      403 204 404 404 404 | ownerOfB
      404 404 204 404 404 | userElsewhere
      403 403 404 404 404 | key
      404 404 403 404 404 | keyElsewhere
      403 403 403 403 403 | orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'GET /locks/{lock}',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | guest removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'GET /locks/{lock}/openings',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | removed guest
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'GET /locks/{lock}/activity',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | removed guest
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'GET /homes/{home}/activity',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member guest
      403 403 404 404 404 | removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`,
  },
  { call: 'GET /locks/{lock}/basic-info', rows: readers },
  { call: 'GET /locks/{lock}/events', rows: readers },
  { call: 'GET /locks/{lock}/details', rows: readers },
  { call: 'GET /locks/{lock}/residents', rows: readers },
  { call: 'GET /locks/{lock}/state', rows: readers },
  {
    call: 'GET /locks/{lock}/openings/never-asked',
    rows: `
      401 401 401 401 401 | ${unusable}
      404 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | guest removed
      403 404 404 404 404 | ownerOfB
      404 404 404 404 404 | userElsewhere orgKey orgKeyElsewhere service superKey
      403 403 403 403 403 | key keyElsewhere`,
  },
  {
    call: 'POST /locks/{lock}/RemoveKey',
    body: { keyUuid: 'aaaaaaaa-0000-4000-8000-000000000001' },
    rows: managers('404'),
  },
  { call: 'POST /locks/{lock}/AddResident', body: { name: 'x', email: 'nobody' }, rows: managers('404') },
  {
    call: 'POST /locks/{lock}/BulkAddKeys',
    body: { keys: [{ keyUuid: 'aaaaaaaa-0000-4000-8000-000000000001' }] },
    rows: managers('200'),
  },
  { call: 'POST /locks/{lock}/SetOwner', body: { userId: random }, who: 'orgKey', rows: organisation('404') },
  {
    call: 'POST /locks/{lock}/AssignHome',
    body: { homeId: random },
    who: 'orgKey',
    rows: organisation('404'),
  },
  {
    call: 'POST /locks/{lock}/SetOrganization',
    body: { orgId: 'aaaaaaaa-0000-4000-8000-000000000001' },
    who: 'orgKey',
    rows: `
      401 401 401 401 401 | ${unusable}
      403 403 404 404 404 | orgKey service
      404 404 403 404 404 | orgKeyElsewhere
      404 404 404 404 404 | superKey
      403 403 403 403 403 | ${ownerEach} member guest removed ownerOfB userElsewhere key keyElsewhere`,
  },
  {
    call: 'POST /locks/{lock}/ChangeLockUuid',
    body: { newUuid: '{uuid}' },
    who: 'nobody',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 409 409 404 404 | superKey
      403 403 403 403 403 | ${ownerEach} member guest removed ownerOfB userElsewhere key keyElsewhere orgKey orgKeyElsewhere service`,
  },
  {
    call: 'PATCH /locks/{lock}',
    body: { name: 'Renamed' },
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach}
      403 403 404 404 404 | member guest removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'POST /locks/{lock}/OpenLock',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | guest removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere orgKeyElsewhere
      200 200 404 404 404 | orgKey service
      200 200 200 404 404 | superKey
      403 403 403 403 403 | key keyElsewhere`,
  },
  {
    call: 'GET /locks/{lock}/grants',
    rows: ownersAlone(200),
  },
  {
    call: 'GET /locks/{lock}/who-can-open',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | guest removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey`,
  },
  {
    call: 'GET /locks/{lock}/temp-keys',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach}
      403 403 404 404 404 | member guest removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere orgKeyElsewhere
      200 200 404 404 404 | orgKey service
      200 200 200 404 404 | superKey
      403 403 403 403 403 | key keyElsewhere`,
  },
  {
    call: 'GET /hubs/{hub}/status',
    rows: readers,
  },
  {
    call: 'GET /hubs/{hub}/commissionings',
    rows: `
      401 401 401 401 401 | ${unusable}
      200 403 404 404 404 | ${ownerEach} member
      403 403 404 404 404 | guest removed
      403 200 404 404 404 | ownerOfB
      404 404 200 404 404 | userElsewhere orgKeyElsewhere
      200 200 404 404 404 | orgKey service
      200 200 200 404 404 | superKey
      403 403 403 403 403 | key keyElsewhere`,
  },
  {
    call: 'POST /hubs/{hub}/SetHubRole',
    // Nobody may act for somebody else; a hub that is away is not asked.
    body: { hubId: '{hub}', isPrimary: true, userId: String(random) },
    rows: `
      401 401 401 401 401 | ${unusable}
      403 403 404 404 404 | ${ownerEach} member guest removed
      403 403 404 404 404 | ownerOfB
      404 404 403 404 404 | userElsewhere
      404 404 502 404 404 | orgKeyElsewhere
      502 502 404 404 404 | orgKey service
      502 502 502 404 404 | superKey
      403 403 403 403 403 | key keyElsewhere`,
  },
  {
    call: 'DELETE /homes/{home}',
    rows: `
      401 401 401 401 401 | ${unusable}
      403 403 404 404 404 | guest removed
      403 403 403 403 403 | key keyElsewhere orgKey orgKeyElsewhere service superKey
      204 403 404 404 404 | member
      404 403 404 404 404 | owner
      404 403 404 404 404 | ownerByJwt ownerByCookie
      404 204 404 404 404 | ownerOfB
      404 404 204 404 404 | userElsewhere`,
  },
];

/** A body that names the hub of the path, or a uuid of this mount. */
const fill = (body: object, hub: string | undefined, uuid: string): object =>
  JSON.parse(
    JSON.stringify(body)
      .replace('{hub}', hub ?? '')
      .replace('{uuid}', uuid),
  ) as object;

const unauthenticated = {
  cloud: { reason: 'UNAUTHENTICATED_CLIENT' },
  lock: {
    success: false,
    error: 'Unauthorized',
    message: 'Authentication required. Please provide a valid API token',
    code: 401,
  },
};
const notFound = {
  cloud: { reason: 'NOT_FOUND' },
  lock: { success: false, error: 'Not Found', message: 'The requested resource was not found', code: 404 },
};
const forbidden = {
  success: false,
  error: 'Forbidden',
  message: "You don't have permission to access this resource",
  code: 403,
};

describe.each(mounts())('rights on the wire ($name)', ({ url }) => {
  const uuid = randomUUID();
  let world: PermissionWorld;
  beforeAll(async () => {
    world = await makePermissionWorld(factory, url);
  });

  it('answers a foreign id byte for byte as a random one', async () => {
    for (const { call, body, who = 'owner' } of table) {
      // Where nobody who is confined to a project may call, there is nothing to tell apart.
      if (who === 'nobody') continue;
      const [method = '', path = ''] = call.split(' ');
      const [, , foreign, , nothing] = world.objects;
      const told = [];
      for (const object of [foreign, nothing]) {
        const at = path
          .replace('{home}', String(object?.home))
          .replace('{lock}', String(object?.lock))
          .replace('{hub}', String(object?.hub));
        const {
          status,
          headers,
          body: answer,
        } = await send(url, method, at, {
          ...world.callers[who],
          ...(body === undefined ? {} : { body: fill(body, object?.hub, uuid) }),
        });
        const { 'x-request-id': requestId, date, ...rest } = Object.fromEntries(headers);
        expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
        told.push(JSON.stringify({ status, rest, answer }));
      }
      expect(told[0]).toBe(told[1]);
      expect(told[0]).toContain('"status":404');
    }
  });

  it.each(table)(
    '$call answers every credential at every object as written',
    async ({ call, body, rows }) => {
      const [method = '', path = ''] = call.split(' ');
      const dialect = /^\/(locks|hubs)/.test(path) ? 'lock' : 'cloud';
      const seen: string[] = [];
      for (const line of rows.trim().split('\n')) {
        const [wanted = '', names = ''] = line.split('|').map((part) => part.trim());
        for (const name of names.split(/ +/)) {
          seen.push(name);
          const replies = [];
          for (const { home, lock, hub } of world.objects) {
            const at = path
              .replace('{home}', String(home))
              .replace('{lock}', String(lock))
              .replace('{hub}', hub);
            replies.push(
              await send(url, method, at, {
                ...world.callers[name],
                ...(body === undefined ? {} : { body: fill(body, hub, uuid) }),
              }),
            );
          }
          expect({ name, told: replies.map((reply) => reply.status).join(' ') }).toEqual({
            name,
            told: wanted,
          });
          for (const reply of replies) {
            if (reply.status === 401) expect(reply.body).toEqual(unauthenticated[dialect]);
            if (reply.status === 404) expect(reply.body).toEqual(notFound[dialect]);
            if (reply.status === 403 && dialect === 'lock') expect(reply.body).toEqual(forbidden);
            if (reply.status === 403 && dialect === 'cloud') {
              const isPerson = ['member', 'guest', 'removed', 'ownerOfB', ...ownerEach.split(' ')].includes(
                name,
              );
              expect(isPerson ? ['MEMBERS_ONLY', 'PERMISSION_DENIED'] : ['PERMISSION_DENIED']).toContain(
                reply.body.reason,
              );
            }
          }
        }
      }
      expect(seen.sort()).toEqual(Object.keys(world.callers).sort());
    },
  );
});
