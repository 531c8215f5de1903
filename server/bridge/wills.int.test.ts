import { afterEach, beforeAll, expect, inject, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { connectThing, type Wire } from '@/server/testing/mqtt-wire';

const factory = ground();
const url = inject('mqttUrl');
const shadow = (thing: string, rest: string) => `$aws/things/${thing}/shadow/${rest}`;
const willTopic = (thing: string) => `latchkey/things/${thing}/will`;
const gone = { state: { reported: { connected: false } } };
const open: Wire[] = [];
let home: Awaited<ReturnType<typeof factory.home>>;
beforeAll(async () => {
  home = await factory.home(await factory.person((await factory.project()).id));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.end()));
});
const willAt = (topic: string, rest: object = {}) => ({
  will: { topic, payload: Buffer.from(JSON.stringify(gone)), qos: 1 as const, retain: false, ...rest },
});

it('a last will becomes a report in the shadow of its thing (device-shadow 8)', async () => {
  const lock = await factory.lock(home.id);
  const app = await connectThing(url, lock, { clientId: `${lock.thing}:app` });
  open.push(app);
  await app.subscribe(shadow(lock.thing, 'update/+'), shadow(lock.thing, 'get/+'));
  const device = await connectThing(url, lock, willAt(willTopic(lock.thing), { retain: true }));
  await device.publish(shadow(lock.thing, 'update'), { state: { reported: { connected: true } } });
  await app.next(({ topic, body }) => topic.endsWith('/update/accepted') && body.state.reported.connected);
  device.cut();
  const told = await app.next(
    ({ topic, body }) => topic.endsWith('/update/accepted') && body.state.reported.connected === false,
  );
  expect(told.body.state).toEqual(gone.state);
  await app.publish(shadow(lock.thing, 'get'), '');
  const document = await app.next(({ topic }) => topic.endsWith('/get/accepted'));
  expect(document.body.state).toEqual({ reported: { connected: false } });
});

it('a goodbye leaves no will', async () => {
  const lock = await factory.lock(home.id);
  const app = await connectThing(url, lock, { clientId: `${lock.thing}:app` });
  open.push(app);
  await app.subscribe(shadow(lock.thing, 'update/accepted'));
  const device = await connectThing(url, lock, willAt(willTopic(lock.thing)));
  await device.goodbye();
  await app.publish(shadow(lock.thing, 'update'), { state: { reported: { fence: true } } });
  expect((await app.next()).body.state).toEqual({ reported: { fence: true } });
});

it('a will that cannot be a report is answered like any bad request, and the bridge lives on', async () => {
  const lock = await factory.lock(home.id);
  const app = await connectThing(url, lock, { clientId: `${lock.thing}:app` });
  open.push(app);
  await app.subscribe(shadow(lock.thing, 'update/+'));
  const device = await connectThing(url, lock, {
    will: { topic: willTopic(lock.thing), payload: Buffer.from('offline'), qos: 1, retain: false },
  });
  device.cut();
  expect(await app.next()).toMatchObject({
    topic: shadow(lock.thing, 'update/rejected'),
    body: { code: 400 },
  });
});

it.each([
  ['of another thing', (_own: string, other: string) => willTopic(other)],
  ['of all things', () => willTopic('+')],
  ['that is the request of another thing', (_own: string, other: string) => shadow(other, 'update')],
  ['that is an answer of the service', (own: string) => shadow(own, 'update/accepted')],
  ['of the bus', () => 'latchkey/v1/revoke/session/x'],
  ['of anything', () => 'status'],
])('who wants a will on a topic %s is not let in: CONNACK 5', async (_title, topicOf) => {
  const [own, other] = [await factory.lock(home.id), await factory.lock(home.id)];
  await expect(connectThing(url, own, willAt(topicOf(own.thing, other.thing)))).rejects.toMatchObject({
    code: 5,
  });
});
