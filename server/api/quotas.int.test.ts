import { randomInt, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { devices, projects } from '@/drizzle/schema';
import type { QuotaName } from '@/server/contracts/project-words';
import { type Credentials, send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';

const factory = ground();
const { db } = factory.deps;

/** A project with an owner, a home, and keys of every kind that adds something. */
async function makeWorld() {
  const project = await factory.project();
  const owner = await factory.person(project.id);
  const [home, staff, orgKey] = [
    await factory.home(owner),
    await factory.staff('admin', [project.id]),
    await factory.orgKey(project.id),
  ];
  return { project, owner, home, staff, org: { apiKey: orgKey.key } };
}
type World = Awaited<ReturnType<typeof makeWorld>>;
type Call = readonly [method: string, path: string, body: object, as: Credentials];

describe.each(gateway())('limits of a project ($name)', ({ url }) => {
  beforeEach(async () => {
    await factory.forgetAttempts('send from');
    await factory.forgetAttempts('sign-up');
  });
  const call = ([method, path, body, as]: Call) => send(url, method, path, { ...as, body });
  const by = ({ owner }: World) => ({ token: owner.token });

  const provision = (org: Credentials) => {
    const body = { hubId: randomUUID(), serial: randomUUID(), model: 'LK1' };
    return ['POST', `/hubs/${body.hubId}/ProvisionHub`, body, org] as const;
  };

  /** Calls that each add one more, of which there is room for one; `most` where the world holds some already. */
  const cases: [QuotaName, (world: World) => Promise<readonly [Call, Call]>, most?: number][] = [
    [
      'maxDevices',
      async ({ project, staff }) => {
        await factory.deviceClass(project.id, 'lamp');
        const path = `/staff/projects/${project.id}/devices`;
        const one: Call = ['POST', path, { deviceClass: 'lamp', count: 1 }, staff.caller];
        return [one, one];
      },
    ],
    [
      'maxDevicesPerHome',
      async (world) => {
        const claim = async (): Promise<Call> => {
          const { id, claimCode } = await factory.device(world.project.id);
          const claimExpirationTime = new Date(Date.now() + 60_000);
          await db.update(devices).set({ claimExpirationTime }).where(eq(devices.id, id));
          return ['POST', '/devices', { homeId: world.home.id, claimCode }, by(world)];
        };
        return [await claim(), await claim()];
      },
    ],
    [
      'maxMembersPerHome',
      async (world) => {
        const invite = (): Call => [
          'POST',
          `/homes/${world.home.id}/members`,
          { email: factory.email() },
          by(world),
        ];
        return [invite(), invite()];
      },
      2,
    ],
    [
      'maxLocks',
      async ({ org }) => {
        const create = (): Call => {
          const index = randomInt(1_000_000, 2_000_000_000);
          return ['POST', `/locks/${index}/CreateLock`, { index, uuid: randomUUID() }, org];
        };
        return [create(), create()];
      },
    ],
    [
      'maxLocksPerHome',
      async ({ home, owner, org }) => {
        const other = await factory.home(owner);
        const assign = async (): Promise<Call> => {
          const { id } = await factory.lock(other.id);
          return ['POST', `/locks/${id}/AssignHome`, { homeId: home.id }, org];
        };
        return [await assign(), await assign()];
      },
    ],
    [
      'maxHubs',
      async ({ org }) => {
        return [provision(org), provision(org)];
      },
    ],
    [
      'maxHubsPerHome',
      async (world) => {
        const claim = async (): Promise<Call> => {
          const made = provision(world.org);
          const [, , { serial }] = made;
          const { claimCode } = (await call(made)).body;
          const body = { siteId: String(world.home.id), serial, claimCode };
          return ['POST', '/hubs/claim', body, by(world)];
        };
        return [await claim(), await claim()];
      },
    ],
    [
      'maxModules',
      async ({ project, staff }) => {
        const add = (id: string): Call => [
          'POST',
          `/staff/projects/${project.id}/modules`,
          { id, moduleType: 'webhooks', eventUrl: 'https://example.com/evt' },
          staff.caller,
        ];
        return [add('one'), add('two')];
      },
    ],
    [
      'maxLinksPerDoor',
      async (world) => {
        const { id: lockId } = await factory.lock(world.home.id);
        const term = { validFrom: '2026-01-01T00:00:00Z', validUntil: '2099-01-01T00:00:00Z' };
        const link: Call = ['POST', '/temp-keys', { ...term, doors: [{ lockId }] }, by(world)];
        return [link, link];
      },
    ],
    [
      'maxValueBytesPerHome',
      async (world) => {
        const { id } = await factory.device(world.project.id, world.home.id);
        const put = (path: string): Call => ['PUT', path, { value: 'x'.repeat(50) }, by(world)];
        return [put(`/homes/${world.home.id}/kv/one`), put(`/devices/${id}/kv/two`)];
      },
      100,
    ],
    [
      'maxMessagesPerDay',
      async ({ project }) => {
        const ask = async (): Promise<Call> => {
          const { user } = await factory.person(project.id);
          const body = { projectId: project.id, email: user.email };
          return ['POST', '/auth/user/passwordReset/start', body, {}];
        };
        return [await ask(), await ask()];
      },
    ],
  ];
  it.each(cases)(
    '%s: of two at once one is too many, and is told so by name',
    async (quota, make, most = 1) => {
      const world = await makeWorld();
      const calls = await make(world);
      await db
        .update(projects)
        .set({ quotas: { [quota]: most } })
        .where(eq(projects.id, world.project.id));
      const replies = await Promise.all(calls.map(call));
      const refused = replies.filter(({ status }) => status >= 300);
      expect(refused).toHaveLength(1);
      const isLockDialect = 'success' in (refused[0]?.body ?? {});
      const message = `the project has a limit of ${most}`;
      const details = [{ field: quota, message }];
      const reason = `EXCEEDED_${quota.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
      expect(refused[0]?.status).toBe(quota === 'maxMessagesPerDay' ? 429 : 403);
      expect(refused[0]?.body).toEqual(
        isLockDialect
          ? { success: false, error: 'Forbidden', message: `${quota}: ${message}`, code: 403, details }
          : { reason, data: { details } },
      );
      // Without the limit the one that was refused may be asked for again.
      const use = () => send(url, 'GET', `/staff/projects/${world.project.id}/quota-use`, world.staff.caller);
      const [shown] = (await use()).body.items;
      expect(shown).toMatchObject({ quota, most });
      expect(shown.used).toBeGreaterThan(0);
      expect(shown.used).toBeLessThanOrEqual(most);
      const lifted = { quotas: { [quota]: null } };
      const path = `/staff/projects/${world.project.id}`;
      expect((await send(url, 'PATCH', path, { ...world.staff.caller, body: lifted })).status).toBe(204);
      expect((await use()).body.items).toEqual([]);
      const again = calls[replies.findIndex(({ status }) => status >= 300)];
      if (again !== undefined) expect((await call(again)).status).toBeLessThan(300);
    },
  );

  it('homes and accounts are counted one after the other too', async () => {
    const world = await makeWorld();
    const limits = { maxHomes: 2, maxUsers: 2 };
    await db.update(projects).set(limits).where(eq(projects.id, world.project.id));
    const home: Call = ['POST', '/homes', { name: 'One more' }, by(world)];
    const account = (): Call => [
      'POST',
      '/users',
      { projectId: world.project.id, email: factory.email(), password: 'a long password 7', name: 'Jo' },
      {},
    ];
    const homes = await Promise.all([home, home, home].map(call));
    const accounts = await Promise.all([account(), account(), account()].map(call));
    for (const [replies, reason] of [
      [homes, 'EXCEEDED_MAX_HOMES'],
      [accounts, 'EXCEEDED_MAX_USERS'],
    ] as const) {
      const told = replies.map(({ status, body }) => (status === 201 ? 'made' : body));
      expect(told).toEqual(expect.arrayContaining(['made', { reason }, { reason }]));
      expect(told.filter((one) => one === 'made')).toHaveLength(1);
    }
  });

  it('a pair that becomes smaller is saved though the home holds too much', async () => {
    const world = await makeWorld();
    const put = (length: number) =>
      call(['PUT', `/homes/${world.home.id}/kv/one`, { value: 'x'.repeat(length) }, by(world)]);
    expect((await put(100)).status).toBe(204);
    const quotas = { maxValueBytesPerHome: 50 };
    await db.update(projects).set({ quotas }).where(eq(projects.id, world.project.id));
    expect([(await put(99)).status, (await put(100)).status, (await put(10)).status]).toEqual([
      204, 403, 204,
    ]);
  });
});
