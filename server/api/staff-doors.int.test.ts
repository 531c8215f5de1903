import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { deviceValues, homes, homeValues, lockGrants, lockPins } from '@/drizzle/schema';
import { type OperationId, operations } from '@/server/contracts/registry';
import { verdict } from '@/server/domain/permissions';
import { anonymous } from '@/server/domain/principal';
import { type Credentials, send } from '@/server/testing/api-client';
import { commandTopic, eventTopic } from '@/server/testing/device-home';
import type { Staff } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { connectLive } from '@/server/testing/live-client';
import { mounts } from '@/server/testing/mounts';
import { connectWire } from '@/server/testing/mqtt-wire';
import { until } from '@/server/testing/until';
import { closeSocketsAfterwards, openSocket, refusalOf } from '@/server/testing/web-socket';

const factory = ground();
const { db } = factory.deps;
const mqttUrl = inject('mqttUrl');
closeSocketsAfterwards();

interface Described {
  requestBody?: { content: Record<string, { example?: unknown }> };
}
const { paths } = JSON.parse(readFileSync('public/openapi.json', 'utf8')) as {
  paths: Record<string, Record<string, Described>>;
};
/** Every call that is not of staff itself and that not everybody may make anyway. */
const guarded = (Object.keys(operations) as OperationId[]).filter(
  (id) => !operations[id].path.startsWith('/staff/') && verdict(id, anonymous) === 'unauthenticated',
);
/** An example of its body, about the object of its path: the lock API judges a request before the credential. */
function bodyOf(id: OperationId, hubId: string): unknown {
  const { path, method } = operations[id];
  const example = paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.example;
  if (typeof example !== 'object' || example === null) return example;
  const ids = ['hubId', ...(path.startsWith('/matter-devices') ? ['deviceId'] : [])];
  return {
    ...example,
    ...Object.fromEntries(ids.filter((name) => name in example).map((name) => [name, hubId])),
  };
}

/** A home of the project that staff work for, with all that can be moved or changed in it and somebody who listens. */
async function furnish(url: string) {
  const project = await factory.project();
  const owner = await factory.person(project.id);
  const home = await factory.home(owner);
  const made = await factory.lock(home.id);
  const [lock, hubRow, device] = [
    await factory.virtualLock(made),
    await factory.hub(home),
    await factory.device(project.id, home.id),
  ];
  const hub = await factory.virtualHub(hubRow);
  const commands = await openSocket(inject('url'), commandTopic(device), { token: device.apiKey });
  const grantId = await factory.grant(made.id, owner);
  const put = (value: number) =>
    send(url, 'PUT', `/homes/${home.id}/kv/scene`, { token: owner.token, body: { value } });
  await put(1);
  const link = await send(url, 'POST', '/temp-keys', {
    token: owner.token,
    body: {
      validFrom: '2026-01-01T00:00:00.000Z',
      validUntil: '2100-01-01T00:00:00.000Z',
      doors: [{ lockId: made.id, accessMethod: 'code' }],
    },
  });
  expect(link.status).toBe(201);
  const pinId = randomUUID();
  await db.insert(lockPins).values({
    ...{ id: pinId, lockId: made.id, name: 'Cleaner', slot: 1, state: 'set', createdAt: new Date() },
    ...{ createdByKind: 'user', createdById: String(owner.user.id), createdByName: 'test' },
  });
  const params: Record<string, string | number> = {
    homeId: home.id,
    userId: owner.user.id,
    deviceId: device.id,
    lockId: made.id,
    hubId: hubRow.id,
    key: 'scene',
    sessionId: owner.sessionId,
    grantId,
    pinId,
    uuid: link.body.uuid,
  };
  /** A path with real objects in it. */
  const fill = (path: string) =>
    path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
      String(
        name === 'id' ? (path.startsWith('/locks') ? made.id : hubRow.id) : (params[name] ?? `none-${name}`),
      ),
    );
  /** What is kept and what was heard of anything that moves. */
  const state = async () => ({
    openings: (await factory.openings(made.id)).length,
    hub: hub.commands.size,
    device: commands.texts.size,
    values: await db.select().from(homeValues).where(eq(homeValues.homeId, home.id)),
    deviceValues: await db.select().from(deviceValues).where(eq(deviceValues.deviceId, device.id)),
    grants: await db.select().from(lockGrants).where(eq(lockGrants.lockId, made.id)),
    pins: await db.select().from(lockPins).where(eq(lockPins.lockId, made.id)),
    home: await db
      .select({ name: homes.name, deactivated: homes.deactivated })
      .from(homes)
      .where(eq(homes.id, home.id)),
  });
  return {
    project,
    owner,
    home,
    lock: made,
    hub: hubRow,
    device,
    pin: link.body.pin as string,
    put,
    fill,
    state,
    async end() {
      commands.close();
      await hub.end();
      await lock.stop();
    },
  };
}

describe.each(mounts())('a member of staff opens no door ($name)', ({ url }) => {
  let world: Awaited<ReturnType<typeof furnish>>;
  let staff: Staff[];
  beforeAll(async () => {
    world = await furnish(url);
    staff = [
      await factory.staff('support', [world.project.id]),
      await factory.staff('admin', [world.project.id]),
      await factory.staff('admin', 'all'),
    ];
    return world.end;
  });
  /** The token of a session in every place where a credential can stand; the cookie as it is, and beside a page. */
  const placesOf = ({ token, caller }: Staff): Record<string, Credentials> => ({
    'their cookie': caller,
    'their cookie for https': {
      headers: {
        ...caller.headers,
        cookie: `__Host-latchkey-staff=${token}`,
        'x-forwarded-proto': 'https',
      },
    },
    "a person's cookie": { headers: { ...caller.headers, cookie: `latchkey.session=${token}` } },
    ModeCloud: { token },
    Bearer: { bearer: token },
    'X-API-Key': { apiKey: token },
    Basic: {
      headers: {
        authorization: `Basic ${Buffer.from(`lock-${world.lock.uuid}:${token}`).toString('base64')}`,
      },
    },
  });

  it('by any call: each of them takes staff for nobody, in every place of a credential', async () => {
    expect(guarded.length).toBeGreaterThan(100);
    const before = await world.state();
    for (const member of staff) {
      expect((await send(url, 'GET', '/staff/session', member.caller)).body.step).toBe('done');
      const others: string[] = [];
      for (const id of guarded) {
        const { method, path } = operations[id];
        const body = bodyOf(id, world.hub.id);
        const reply = await send(url, method, world.fill(path), {
          ...member.caller,
          ...(body === undefined ? {} : { body }),
        });
        if (reply.status !== 401) others.push(`${id} ${reply.status}`);
      }
      expect(others).toEqual([]);
      for (const [place, credentials] of Object.entries(placesOf(member))) {
        for (const path of ['OpenLock', 'use-temp-key', 'create-temp-key']) {
          const at = `/locks/${world.lock.id}/${path}`;
          const { status } = await send(url, 'POST', at, { ...credentials, body: {} });
          expect({ place, path, status: [400, 401, 404].includes(status) }).toEqual({
            place,
            path,
            status: true,
          });
        }
      }
    }
    expect(await world.state()).toEqual(before);
  });

  it('with a PIN or a link that is none, and is shown none', async () => {
    const before = await world.state();
    const wrong = String((Number(world.pin) + 1) % 1_000_000).padStart(6, '0');
    for (const { caller, token } of staff) {
      const guess = { ...caller, body: { pin: wrong } };
      const open = await send(url, 'POST', `/locks/${world.lock.id}/open-with-pin`, guess);
      expect(open.status).toBe(401);
      expect((await send(url, 'GET', '/temp-keys', caller)).status).toBe(401);
      expect(
        (await send(url, 'POST', `/k/${token}/open`, { ...caller, body: {} })).status,
      ).toBeGreaterThanOrEqual(400);
    }
    expect(await world.state()).toEqual(before);
  });

  it('by a socket: neither live events, nor those of people, nor the place of a device', async () => {
    const socketUrl = inject('url');
    for (const { token, caller } of staff) {
      const { cookie = '' } = caller.headers;
      const refusal = (given: string | undefined, extraHeaders = {}) =>
        connectLive(socketUrl, given, { extraHeaders }).then(
          (live) => {
            live.close();
            return 'let in';
          },
          (error: Error) => error.message,
        );
      expect(await refusal(undefined, { cookie, origin: socketUrl })).toBe('unauthenticated');
      expect(await refusal(undefined, { cookie: `latchkey.session=${token}` })).toBe('unauthenticated');
      expect(await refusal(token)).toBe('unauthenticated');
      for (const path of ['/userSession/websocket', commandTopic(world.device), eventTopic(world.device)]) {
        const isKnown = path !== eventTopic(world.device);
        for (const [at, options] of [
          [path, { headers: { cookie, origin: socketUrl } }],
          [path, { token }],
          [`${path}?authToken=${token}`, {}],
        ] as const) {
          const { status } = await refusalOf(socketUrl, at, options);
          expect({ path, status }).toEqual({ path, status: isKnown ? 401 : 404 });
        }
      }
    }
  });

  it('as a thing: no name goes with a session of staff', async () => {
    for (const { token, account } of staff) {
      for (const username of [
        `lock-${world.lock.uuid}`,
        `hub-${world.hub.id}`,
        account.email,
        'svc:gateway',
      ]) {
        const refused = await connectWire(mqttUrl, { clientId: username, username, password: token }).then(
          async (wire) => {
            await wire.end();
            return 'let in';
          },
          () => 'refused',
        );
        expect({ username, refused }).toEqual({ username, refused: 'refused' });
      }
    }
  });

  it('while the owner of the home does, and the same instruments hear it', async () => {
    const before = await world.state();
    const { token } = world.owner;
    expect((await send(url, 'POST', `/locks/${world.lock.id}/OpenLock`, { token })).status).toBe(200);
    expect((await world.put(2)).status).toBe(204);
    const command = { token, body: { action: 'blink' } };
    expect((await send(url, 'PUT', `/devices/${world.device.id}/command`, command)).status).toBe(204);
    await until(async () => (await world.state()).device === before.device + 1);
    const after = await world.state();
    expect(after.openings).toBe(before.openings + 1);
    expect(after.values).not.toEqual(before.values);
  });
});
