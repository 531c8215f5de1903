import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { projects, webhookDeliveries } from '@/drizzle/schema';
import { createModule } from '@/server/services/modules/create-module';
import { forgetDeliveries } from '@/server/services/webhooks/forget-deliveries';
import { send } from '@/server/testing/api-client';
import { makeFactory } from '@/server/testing/factories';
import { until } from '@/server/testing/until';
import { postWebhook, signWebhook } from './post-webhook';
import { isPublicAddress } from './public-address';

const url = inject('url');
const factory = makeFactory({
  databaseUrl: inject('databaseUrl'),
  mqttUrl: inject('mqttUrl'),
  secretsKey: inject('secretsKey'),
});
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});
afterAll(() => factory.end());

interface Received {
  path: string;
  signature: string;
  body: string;
}

/** A receiver on loopback that keeps what it gets; `answer` decides what it says. */
async function receiver(
  answer: (response: ServerResponse, count: number) => void = (response) => response.writeHead(200).end(),
) {
  const received: Received[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({
        path: request.url ?? '',
        signature: String(request.headers['x-mode-signature']),
        body,
      });
      answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/evt` };
}

async function projectWith(
  modules: { eventUrl?: string; commandUrl?: string; subscribedEvents?: string[] }[],
  allowPrivate = true,
) {
  const project = await factory.project();
  await factory.deps.db
    .update(projects)
    .set({ allowPrivateWebhooks: allowPrivate })
    .where(eq(projects.id, project.id));
  for (const [index, module] of modules.entries()) {
    await createModule(factory.deps, {
      projectId: project.id,
      moduleId: `hook${index}`,
      moduleType: 'webhooks',
      key: 'a secret',
      ...module,
    });
  }
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  return { project, person, home, device: await factory.device(project.id, home.id) };
}
const tell = (device: { id: number; apiKey: string }, eventType: string) =>
  send(url, 'PUT', `/devices/${device.id}/event`, {
    token: device.apiKey,
    body: { eventType, eventData: { n: 1 } },
  });
const deliveriesOf = (projectId: number) =>
  factory.deps.db.select().from(webhookDeliveries).where(eq(webhookDeliveries.projectId, projectId));

describe('webhooks', () => {
  it('deliver an event, signed over the address as configured and the raw body', async () => {
    const hook = await receiver();
    const { device, home } = await projectWith([{ eventUrl: hook.url }]);
    expect((await tell(device, 'doorbell')).status).toBe(204);
    const [got] = await until(async () => (hook.received.length > 0 ? hook.received : undefined));
    expect(got?.path).toBe('/evt');
    expect(JSON.parse(got?.body ?? '')).toMatchObject({
      eventType: 'doorbell',
      homeId: home.id,
      originDeviceId: device.id,
    });
    expect(got?.signature).toBe(signWebhook('a secret', hook.url, got?.body ?? ''));
    expect(got?.signature).toMatch(/^[0-9a-f]{64}$/);
  });

  it('try again after a failure, three times at most, and keep what came of it', async () => {
    const flaky = await receiver((response, count) => response.writeHead(count === 1 ? 500 : 200).end());
    const { project, device } = await projectWith([{ eventUrl: flaky.url }]);
    await tell(device, 'again');
    const [row] = await until(async () => {
      const rows = await deliveriesOf(project.id);
      return rows.every(({ status }) => status !== 'waiting') ? rows : undefined;
    });
    expect(row).toMatchObject({ status: 'delivered', attempts: 2, lastStatus: 200 });
  });

  it('do not let a receiver that never answers delay the others', async () => {
    const silent = await receiver(() => {});
    const good = await receiver();
    const { device } = await projectWith([{ eventUrl: silent.url }, { eventUrl: good.url }]);
    for (const type of ['a', 'b', 'c', 'd', 'e', 'f']) await tell(device, type);
    await until(async () => good.received.length === 6);
    expect(silent.received.length).toBeLessThanOrEqual(4);
  });

  it('carry system events only to those who subscribed to them, and of others the subscribed alone', async () => {
    const plain = await receiver();
    const chosen = await receiver();
    const { device, home, person } = await projectWith([
      { eventUrl: plain.url },
      { eventUrl: chosen.url, subscribedEvents: ['_keyValueSaved_', 'wanted'] },
    ]);
    await send(url, 'PUT', `/homes/${home.id}/kv/mode`, { token: person.token, body: { value: 'night' } });
    await tell(device, 'wanted');
    await tell(device, 'unwanted');
    await until(async () => chosen.received.length === 2 && plain.received.length === 2);
    const types = (list: Received[]) => list.map(({ body }) => JSON.parse(body).eventType).sort();
    expect(types(chosen.received)).toEqual(['_keyValueSaved_', 'wanted']);
    expect(types(plain.received)).toEqual(['unwanted', 'wanted']);
  });

  it('take commands of people, with who asked and the parameters as written', async () => {
    const hook = await receiver();
    const { home, person } = await projectWith([{ commandUrl: hook.url }, {}]);
    const reply = await send(url, 'PUT', `/homes/${home.id}/smartModules/hook0/command`, {
      token: person.token,
      body: '{"action":"go","parameters":{"id":9223372036854775807}}',
      headers: { 'content-type': 'application/json' },
    });
    expect(reply.status).toBe(204);
    const [got] = await until(async () => (hook.received.length > 0 ? hook.received : undefined));
    expect(got?.body).toBe(
      `{"action":"go","parameters":{"id":9223372036854775807},"homeId":${home.id},"userId":${person.user.id}}`,
    );
    const without = await send(url, 'PUT', `/homes/${home.id}/smartModules/hook1/command`, {
      token: person.token,
      body: { action: 'go' },
    });
    expect(without.status).toBe(404);
  });

  it('never reach private addresses, neither named, nor by number, nor by a redirect', async () => {
    const hook = await receiver();
    const { project, device } = await projectWith(
      [{ eventUrl: hook.url }, { eventUrl: hook.url.replace('127.0.0.1', 'localhost') }],
      false,
    );
    await tell(device, 'inside');
    const rows = await until(async () => {
      const found = await deliveriesOf(project.id);
      return found.length === 2 && found.every(({ lastError }) => lastError !== null) ? found : undefined;
    });
    expect(rows.map(({ lastError }) => lastError)).toEqual([
      'the address is not public',
      'the address is not public',
    ]);
    expect(hook.received).toEqual([]);
    for (const address of [
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
    ])
      expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ['1.1.1.1', '2606:4700::1111']) expect(isPublicAddress(address)).toBe(true);
  });

  it('follow a redirect, but not for ever', async () => {
    const end = await receiver();
    const hop = await receiver((response) => response.writeHead(307, { location: end.url }).end());
    expect(await postWebhook({ url: hop.url, body: '{}', key: 'k', allowPrivate: true })).toEqual({
      status: 200,
    });
    const loop: { url: string } = await receiver((response) =>
      response.writeHead(307, { location: '/again' }).end(),
    );
    expect(await postWebhook({ url: loop.url, body: '{}', key: 'k', allowPrivate: true })).toEqual({
      error: 'too many redirects',
    });
  });

  it('are forgotten a month after they were over, and not before', async () => {
    const hook = await receiver();
    const { project, device } = await projectWith([{ eventUrl: hook.url }]);
    await tell(device, 'old');
    await tell(device, 'new');
    const rows = await until(async () => {
      const found = await deliveriesOf(project.id);
      return found.length === 2 && found.every(({ status }) => status === 'delivered') ? found : undefined;
    });
    await factory.deps.db
      .update(webhookDeliveries)
      .set({ finishedAt: new Date(Date.now() - 31 * 86_400_000) })
      .where(eq(webhookDeliveries.id, rows[0]?.id ?? 0));
    while ((await forgetDeliveries(factory.deps)) > 0);
    expect((await deliveriesOf(project.id)).map(({ id }) => id)).toEqual([rows[1]?.id]);
  });
});
