import { beforeAll, describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { random } from '@/server/testing/permission-world';

const factory = ground();

describe.each(gateway())('rights on devices ($name)', ({ url }) => {
  let kim: Person;
  let homeId: number;
  beforeAll(async () => {
    kim = await factory.person((await factory.project()).id);
    homeId = (await factory.home(kim)).id;
  });

  it('answers each kind of credential at each object by the table', async () => {
    const device = await factory.device(kim.user.projectId, homeId);
    const sibling = await factory.device(kim.user.projectId, homeId);
    const homeless = await factory.device(kim.user.projectId);
    const stranger = await factory.person((await factory.project()).id);
    const foreign = await factory.device(stranger.user.projectId, (await factory.home(stranger)).id);
    const guest = await factory.person(kim.user.projectId);
    await factory.member(homeId, guest, 'guest');
    const neighbour = await factory.person(kim.user.projectId);
    const plain = await factory.projectKey(kim.user.projectId, []);
    const able = await factory.projectKey(kim.user.projectId, ['commands', 'kv', 'admin']);
    const orgKey = await factory.orgKey(kim.user.projectId);
    const callers = {
      nobody: {},
      garbage: { token: 'v1.ZHwx.1700000000.00' },
      kim: { token: kim.token },
      guest: { token: guest.token },
      neighbour: { token: neighbour.token },
      stranger: { token: stranger.token },
      device: { token: device.apiKey },
      sibling: { token: sibling.apiKey },
      plain: { token: plain.key },
      able: { token: able.key },
      orgKey: { apiKey: orgKey.key },
    };
    const calls = [
      ['GET', '', undefined],
      ['PATCH', '', {}],
      ['PUT', '/command', { action: 'blink' }],
      ['GET', '/kv/missing', undefined],
      ['PUT', '/kv/k', { value: 1 }],
    ] as const;
    // Columns: the calls above. Lines: the caller at the device, at the homeless one, at the foreign one, at none.
    for (const [name, ...wanted] of [
      ['nobody', '401 401 401 401 401', '401 401 401 401 401', '401 401 401 401 401', '401 401 401 401 401'],
      ['garbage', '401 401 401 401 401', '401 401 401 401 401', '401 401 401 401 401', '401 401 401 401 401'],
      ['kim', '200 204 204 404 204', '403 403 403 403 403', '404 404 404 404 404', '404 404 404 404 404'],
      ['guest', '200 403 403 404 403', '403 403 403 403 403', '404 404 404 404 404', '404 404 404 404 404'],
      [
        'neighbour',
        '403 403 403 403 403',
        '403 403 403 403 403',
        '404 404 404 404 404',
        '404 404 404 404 404',
      ],
      [
        'stranger',
        '404 404 404 404 404',
        '404 404 404 404 404',
        '200 204 204 404 204',
        '404 404 404 404 404',
      ],
      ['device', '200 403 403 404 204', '403 403 403 403 403', '404 403 403 404 404', '404 403 403 404 404'],
      ['sibling', '403 403 403 403 403', '403 403 403 403 403', '404 403 403 404 404', '404 403 403 404 404'],
      ['plain', '200 403 403 404 403', '200 403 403 404 403', '404 404 404 404 404', '404 404 404 404 404'],
      ['able', '200 204 204 404 204', '200 204 204 404 204', '404 404 404 404 404', '404 404 404 404 404'],
      ['orgKey', '403 403 403 403 403', '403 403 403 403 403', '403 403 403 403 403', '403 403 403 403 403'],
    ] as const) {
      const told = [];
      for (const id of [device.id, homeless.id, foreign.id, random]) {
        const statuses = [];
        for (const [method, rest, body] of calls) {
          const reply = await send(url, method, `/devices/${id}${rest}`, {
            ...callers[name],
            ...(body === undefined ? {} : { body }),
          });
          statuses.push(reply.status);
        }
        told.push(statuses.join(' '));
      }
      expect({ name, told }).toEqual({ name, told: wanted });
    }
  });

  it('a path that names no possible device names none', async () => {
    for (const id of ['0', '-1', 'abc', '1.5', '9007199254740992', '%00', '1%20']) {
      for (const rest of ['', '/kv/a', '/command']) {
        const method = rest === '/command' ? 'PUT' : 'GET';
        const reply = await send(url, method, `/devices/${id}${rest}`, {
          token: kim.token,
          ...(method === 'PUT' ? { body: { action: 'x' } } : {}),
        });
        expect({ id, rest, status: reply.status }).toEqual({ id, rest, status: 404 });
        expect(reply.body).toEqual({ reason: 'NOT_FOUND' });
      }
    }
  });
});
