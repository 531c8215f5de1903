import { eq } from 'drizzle-orm';
import { describe, expect, inject, it } from 'vitest';
import { projects } from '@/drizzle/schema';
import { storeDeviceEvents } from '@/server/services/events/store-device-events';
import { createModule } from '@/server/services/modules/create-module';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { connectLive } from '@/server/testing/live-client';
import { closeSocketsAfterwards, openSocket } from '@/server/testing/web-socket';
import { sampleReceiverAnswer, startReceiver } from '@/server/testing/webhook-receiver';

const url = inject('url');
const factory = ground();
closeSocketsAfterwards();

async function deviceInHome() {
  const project = await factory.project();
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  return { project, person, home, device: await factory.device(project.id, home.id) };
}

describe('acceptance flow 7: a project key sends a home event and reads key-value data', () => {
  it('reaches the member on the event socket and on socket.io, and the history', async () => {
    const { project, person, home } = await deviceInHome();
    const { key, id } = await factory.projectKey(project.id, ['events', 'kv']);
    const socket = await openSocket(url, `/userSession/websocket?authToken=${person.token}`);
    const live = await connectLive(url, person.token);
    await live.subscribe(home.id);
    const reply = await send(url, 'PUT', `/homes/${home.id}/event`, {
      token: key,
      body: '{"eventType":"alarm","eventData":{"serial":9007199254740993}}',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
    });
    expect([reply.status, reply.body]).toEqual([204, undefined]);
    const text = await socket.texts.next();
    expect(text).toContain('"eventData":{"serial":9007199254740993}');
    expect(JSON.parse(text)).toEqual({
      eventType: 'alarm',
      eventData: expect.any(Object),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      homeId: home.id,
      originProjectKeyId: String(id),
      originProjectKeyName: 'integration',
    });
    const [message] = await live.take(1);
    expect(message).toMatchObject({ topic: 'event', homeId: home.id, payload: { eventType: 'alarm' } });
    live.close();

    await send(url, 'PUT', `/homes/${home.id}/kv/mode`, { token: key, body: { value: 'night' } });
    const pair = await send(url, 'GET', `/homes/${home.id}/kv/mode`, { token: key });
    expect(pair.body).toMatchObject({ key: 'mode', value: 'night' });
    expect(JSON.parse(await socket.texts.next())).toMatchObject({
      eventType: '_keyValueSaved_',
      eventData: { key: 'mode', value: 'night' },
    });
  });

  it.each(['owner', 'device'] as const)('is refused to the %s of the home', async (who) => {
    const { person, home, device } = await deviceInHome();
    const reply = await send(url, 'PUT', `/homes/${home.id}/event`, {
      token: who === 'owner' ? person.token : device.apiKey,
      body: { eventType: 'alarm' },
    });
    expect([reply.status, reply.body.reason]).toEqual([403, 'PERMISSION_DENIED']);
  });

  it('is a 404 for a home of another project, as for one that is not there', async () => {
    const { home } = await deviceInHome();
    const { key } = await factory.projectKey((await factory.project()).id, ['events']);
    for (const id of [home.id, 900_000_000_000_001]) {
      const reply = await send(url, 'PUT', `/homes/${id}/event`, {
        token: key,
        body: { eventType: 'alarm' },
      });
      expect([reply.status, reply.body]).toEqual([404, { reason: 'NOT_FOUND' }]);
    }
  });
});

describe('a listener that was away', () => {
  it('gets what it missed on resuming, in order and once', async () => {
    const { person, home, device } = await deviceInHome();
    const tell = (from: number, count: number) =>
      storeDeviceEvents(
        factory.deps,
        Array.from({ length: count }, (_, index) => ({
          deviceId: device.id,
          payload: JSON.stringify({ eventType: 'tick', eventData: { n: from + index } }),
        })),
      );
    const first = await connectLive(url, person.token);
    await first.subscribe(home.id);
    await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      body: { eventType: 'tick', eventData: { n: 0 } },
    });
    const [seen] = await first.take(1);
    first.close();
    await tell(1, 30);
    const second = await connectLive(url, person.token);
    expect(await second.subscribe(home.id, seen?.cursor)).toMatchObject({ ok: true });
    await send(url, 'PUT', `/devices/${device.id}/event`, {
      token: device.apiKey,
      body: { eventType: 'tick', eventData: { n: 31 } },
    });
    const missed = await second.take(31);
    const numbers = missed.map(({ payload }) => (payload as { eventData: { n: number } }).eventData.n);
    expect(numbers).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    expect(second.pending).toEqual([]);
    second.close();
  });
});

describe('acceptance flow 10: a webhook receives a signed event', () => {
  it('is taken by a receiver that checks as the published sample does, and refused with another key', async () => {
    const { project, home, device } = await deviceInHome();
    const settings = { url: '', key: 'chosen by the developer \u00e6' };
    const answers: number[] = [];
    let told = () => {};
    const hasCome = new Promise<void>((resolve) => {
      told = resolve;
    });
    const receiver = await startReceiver((response, got) => {
      const status = sampleReceiverAnswer(settings, got);
      answers.push(status);
      response.writeHead(status).end();
      told();
    });
    try {
      settings.url = receiver.url;
      await factory.deps.db
        .update(projects)
        .set({ allowPrivateWebhooks: true })
        .where(eq(projects.id, project.id));
      await createModule(factory.deps, {
        projectId: project.id,
        moduleId: 'sample',
        moduleType: 'webhooks',
        eventUrl: settings.url,
        key: settings.key,
      });
      // Lines and accents survive: the signature covers the very bytes.
      const reply = await send(url, 'PUT', `/devices/${device.id}/event`, {
        token: device.apiKey,
        body: '{"eventType":"doorbell","eventData":{"who":"Bj\u00f8rn\\n","big":18446744073709551615}}',
        headers: { 'content-type': 'application/json' },
      });
      expect(reply.status).toBe(204);
      await hasCome;
      const [got] = receiver.received;
      expect(answers).toEqual([200]);
      expect(got?.headers['content-type']).toBe('application/json');
      expect(got?.body.toString()).toContain('"big":18446744073709551615');
      expect(JSON.parse(got?.body.toString() ?? '')).toMatchObject({
        homeId: home.id,
        originDeviceId: device.id,
        originDeviceClass: 'smart_light',
        eventData: { who: 'Bj\u00f8rn\n' },
      });
      if (got === undefined) throw new Error('nothing was posted');
      expect(sampleReceiverAnswer({ ...settings, key: 'another' }, got)).toBe(403);
      expect(sampleReceiverAnswer({ ...settings, url: `${settings.url}/` }, got)).toBe(403);
    } finally {
      await receiver.stop();
    }
  });
});

describe('smart modules as a home sees them', () => {
  it('show their public part alone', async () => {
    const { project, person, home } = await deviceInHome();
    await createModule(factory.deps, {
      projectId: project.id,
      moduleId: 'hooks',
      moduleType: 'webhooks',
      description: 'Ours',
      eventUrl: 'https://receiver.example/evt',
      key: 'very secret',
    });
    const expected = {
      id: 'hooks',
      moduleType: 'webhooks',
      creationTime: expect.stringMatching(/\.\d{3}Z$/),
      description: 'Ours',
      suspended: false,
    };
    const read = (path: string) =>
      send(url, 'GET', `/homes/${home.id}/smartModules${path}`, { token: person.token });
    expect((await read('')).body).toEqual([expected]);
    expect((await read('/hooks')).body).toEqual(expected);
    for (const none of ['/nobody', '/%00'])
      expect(await read(none)).toMatchObject({ status: 404, body: { reason: 'NOT_FOUND' } });
  });
});
