import { eq } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { homeEvents } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { storeDeviceEvents } from './store-device-events';

const url = inject('url');
const factory = ground();

async function deviceInHome() {
  const project = await factory.project();
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  return { project, person, home, device: await factory.device(project.id, home.id) };
}
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

const poison: [string, string][] = [
  ['half a surrogate pair in the data', '{"eventType":"x","eventData":{"a":"\\ud800"}}'],
  ['half a surrogate pair in a name', '{"eventType":"x","eventData":{"\\udc00":1}}'],
  ['half a surrogate pair in the type', '{"eventType":"\\ud800"}'],
  ['NUL in the type', '{"eventType":"a\\u0000"}'],
  ['NUL in the data', '{"eventType":"x","eventData":{"a":"\\u0000"}}'],
  ['ten thousand levels', `{"eventType":"x","eventData":{"a":${nested(10_000)}}}`],
  ['a hundred thousand levels', `{"eventType":"x","eventData":{"a":${nested(100_000)}}}`],
];

describe('an event that cannot be stored', () => {
  it.each(poison)('is refused with a reason: %s', async (_what, body) => {
    const { person, project, home, device } = await deviceInHome();
    const headers = { 'content-type': 'application/json' };
    const told = await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      body,
      headers,
    });
    expect([told.status, told.body.reason]).toEqual([403, 'INVALID_PARAMETER']);
    const { key } = await factory.projectKey(project.id, ['events']);
    const ofHome = await send(url, 'PUT', `/homes/${home.id}/event`, { token: key, body, headers });
    expect([ofHome.status, ofHome.body.reason]).toEqual([403, 'INVALID_PARAMETER']);
    const { body: page } = await send(url, 'GET', `/homes/${home.id}/events`, { token: person.token });
    expect(page.items).toEqual([]);
  });

  it('does not take its neighbours in the batch with it', async () => {
    const { home, device } = await deviceInHome();
    const good = { deviceId: device.id, payload: '{"eventType":"good"}' };
    const incoming = poison.flatMap(([, payload]) => [good, { deviceId: device.id, payload }]);
    expect(await storeDeviceEvents(factory.deps, incoming)).toEqual(
      poison.flatMap(() => ['stored', 'invalid']),
    );
    const lines = await factory.deps.db.$count(homeEvents, eq(homeEvents.homeId, home.id));
    expect(lines).toBe(poison.length);
  });
});

describe('an event that only looks bad', () => {
  it.each([
    '{"a":"\\\\u0000"}',
    '{"__proto__":{"admin":true}}',
    '{"a":1e400,"b":-0,"c":123456789012345678901234567890}',
    '{"emoji":"\\ud83d\\udd11"}',
    `{"deep":${nested(98)}}`,
  ])('is kept letter for letter: %s', async (data) => {
    const { person, home, device } = await deviceInHome();
    const told = await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      body: `{ "eventData" : ${data} , "eventType" : "x" }`,
      headers: { 'content-type': 'application/json' },
    });
    expect(told.status).toBe(204);
    const page = await fetch(`${url}/homes/${home.id}/events`, {
      headers: { authorization: `ModeCloud ${person.token}` },
    });
    expect(await page.text()).toContain(`"eventData":${data}`);
  });
});

describe('the history', () => {
  it('is in the order of the log, whatever the clock did meanwhile', async () => {
    const { person, home, device } = await deviceInHome();
    const clock = { time: Date.now(), now: () => new Date(clock.time) };
    for (const index of [0, 1, 2]) {
      await storeDeviceEvents({ ...factory.deps, clock }, [
        { deviceId: device.id, payload: JSON.stringify({ eventType: 'tick', eventData: { index } }) },
      ]);
      clock.time -= 3_600_000;
    }
    for (const path of [`/homes/${home.id}/events`, `/devices/${device.id}/events`]) {
      const { body } = await send(url, 'GET', path, { token: person.token });
      expect(body.items.map((item: { eventData: { index: number } }) => item.eventData.index)).toEqual([
        2, 1, 0,
      ]);
    }
  });

  it('takes no cursor of another home, no bad time and no type with NUL', async () => {
    const { person, home, device } = await deviceInHome();
    const other = await factory.home(person);
    await storeDeviceEvents(
      factory.deps,
      Array.from({ length: 51 }, () => ({ deviceId: device.id, payload: '{"eventType":"x"}' })),
    );
    const read = (path: string) => send(url, 'GET', path, { token: person.token });
    const { body } = await read(`/homes/${home.id}/events`);
    expect((await read(`/homes/${other.id}/events?after=${body.next}`)).status).toBe(403);
    expect((await read(`/homes/${home.id}/events?from=yesterday`)).status).toBe(403);
    expect((await read(`/homes/${home.id}/events?type=%00`)).status).toBe(403);
    expect((await read(`/devices/${device.id}/events?after=${body.next}`)).body.items).toHaveLength(1);
  });
});
