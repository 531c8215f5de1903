import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { and, eq } from 'drizzle-orm';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { projects, smartModules, webhookDeliveries } from '@/drizzle/schema';
import { storeDeviceEvents } from '@/server/services/events/store-device-events';
import { createModule } from '@/server/services/modules/create-module';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { until } from '@/server/testing/until';
import { startReceiver } from '@/server/testing/webhook-receiver';
import { postWebhook } from './post-webhook';

const url = inject('url');
const factory = ground();
const receivers: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of receivers.splice(0)) await one.stop();
});
async function receiver(...answer: Parameters<typeof startReceiver>) {
  const started = await startReceiver(...answer);
  receivers.push(started);
  return started;
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a port without a number');
  return address.port;
}

async function projectWith(urls: readonly string[], allowPrivateWebhooks = true) {
  const { db } = factory.deps;
  const project = await factory.project();
  await db.update(projects).set({ allowPrivateWebhooks }).where(eq(projects.id, project.id));
  for (const [index, eventUrl] of urls.entries()) {
    await createModule(factory.deps, {
      projectId: project.id,
      moduleId: `hook${index}`,
      moduleType: 'webhooks',
      key: 'a secret',
      eventUrl,
    });
  }
  const person = await factory.person(project.id);
  const home = await factory.home(person);
  const device = await factory.device(project.id, home.id);
  return {
    project,
    person,
    home,
    device,
    tell: (count: number) =>
      storeDeviceEvents(
        factory.deps,
        Array.from({ length: count }, (_, n) => ({
          deviceId: device.id,
          payload: JSON.stringify({ eventType: 'tick', eventData: { n } }),
        })),
      ),
    deliveries: (moduleId: string) =>
      db
        .select()
        .from(webhookDeliveries)
        .where(and(eq(webhookDeliveries.projectId, project.id), eq(webhookDeliveries.moduleId, moduleId)))
        .orderBy(webhookDeliveries.id),
  };
}

describe('a good receiver', () => {
  it('gets all of a burst while a slow, a dead and a silent one stand beside it', async () => {
    const slow = await receiver((response) => setTimeout(() => response.writeHead(200).end(), 2_000));
    const open = new Set<ServerResponse>();
    let mostOpen = 0;
    const silent = await receiver((response) => {
      open.add(response);
      mostOpen = Math.max(mostOpen, open.size);
      response.once('close', () => open.delete(response));
    });
    const good = await receiver();
    const dead = `http://127.0.0.1:${await closedPort()}/evt`;
    const { tell, deliveries } = await projectWith([slow.url, dead, silent.url, good.url]);
    await tell(100);
    await until(async () => good.received.length === 100);
    expect(mostOpen).toBeLessThanOrEqual(4);
    const left = (await deliveries('hook0')).filter(({ status }) => status === 'waiting');
    expect(left.length).toBeGreaterThan(0);
    await until(async () => (await deliveries('hook3')).every(({ status }) => status === 'delivered'));
    const got = good.received.map(({ body }) => JSON.parse(body.toString()).eventData.n);
    expect(got.sort((one: number, other: number) => one - other)).toEqual(
      Array.from({ length: 100 }, (_, n) => n),
    );
  });

  it('is not held up by a module whose key cannot be opened any more', async () => {
    const good = await receiver();
    const { project, tell, deliveries } = await projectWith([good.url, good.url]);
    await factory.deps.db
      .update(smartModules)
      .set({ sealedKey: Buffer.alloc(40) })
      .where(and(eq(smartModules.projectId, project.id), eq(smartModules.moduleId, 'hook0')));
    await tell(1);
    await until(async () => good.received.length === 1);
    const [row] = await until(async () => {
      const rows = await deliveries('hook0');
      return rows.some(({ lastError }) => lastError !== null) ? rows : undefined;
    });
    expect(row?.lastError).toMatch(/SECRETS_KEY/);
  });
});

describe('a delivery', () => {
  it('is given up after three tries, with what went wrong on record', async () => {
    const broken = await receiver((response) => response.writeHead(503).end());
    const { tell, deliveries } = await projectWith([broken.url]);
    await tell(1);
    const [row] = await until(async () => {
      const rows = await deliveries('hook0');
      return rows.every(({ status }) => status === 'failed') ? rows : undefined;
    });
    expect(row).toMatchObject({ attempts: 3, lastStatus: 503, leasedUntil: null });
    expect(row?.finishedAt).toBeInstanceOf(Date);
    expect(broken.received).toHaveLength(3);
    const signatures = new Set(broken.received.map(({ headers }) => headers['x-mode-signature']));
    expect(signatures.size).toBe(1);
  });

  it('waits while its module is suspended', async () => {
    const hook = await receiver();
    const { project, tell } = await projectWith([hook.url]);
    const suspend = (suspended: boolean) =>
      factory.deps.db.update(smartModules).set({ suspended }).where(eq(smartModules.projectId, project.id));
    const body = '{"eventType":"left over"}';
    await suspend(true);
    await factory.deps.db.insert(webhookDeliveries).values({
      projectId: project.id,
      moduleId: 'hook0',
      kind: 'event',
      url: hook.url,
      body,
      nextAttemptAt: new Date(),
    });
    await tell(1);
    await suspend(false);
    await until(async () => hook.received.length > 0);
    expect(hook.received.map((got) => got.body.toString())).toEqual([body]);
  });
});

describe('private addresses', () => {
  const post = (target: string) => postWebhook({ url: target, body: '{}', key: 'k', allowPrivate: false });

  it.each([
    '127.0.0.1',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '0x7f.1',
    '0',
    '[::127.0.0.1]',
  ])('are refused however they are written: %s', async (host) => {
    const hook = await receiver();
    expect(await post(`http://${host}:${hook.port}/evt`)).toEqual({ error: 'the address is not public' });
    expect(hook.received).toEqual([]);
  });

  it('are refused in a redirect, and other schemes with them', async () => {
    const inner = await receiver();
    const byNumber = inner.url.replace('127.0.0.1', '127.0.0.2');
    const byName = inner.url.replace('127.0.0.1', 'localhost');
    // The first hop stands for a public one: it alone may be reached.
    const isAllowed = (address: string) => address === '127.0.0.3';
    for (const location of [
      byNumber,
      byName,
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
    ]) {
      const hop = await receiver((response) => response.writeHead(302, { location }).end());
      const outcome = await postWebhook(
        { url: `http://127.0.0.3:${hop.port}/evt`, body: '{}', key: 'k', allowPrivate: false },
        { isAllowed },
      );
      expect(hop.received).toHaveLength(1);
      expect(outcome).toEqual({ error: expect.stringMatching(/^the address is not (public|http)$/) });
    }
    expect(inner.received).toEqual([]);
  });

  it('are allowed by a project that says so', async () => {
    const hook = await receiver();
    const { tell } = await projectWith([hook.url]);
    await tell(1);
    await until(async () => hook.received.length === 1);
    const closed = await projectWith([hook.url], false);
    await closed.tell(1);
    const [row] = await until(async () => {
      const rows = await closed.deliveries('hook0');
      return rows.some(({ lastError }) => lastError !== null) ? rows : undefined;
    });
    expect(row?.lastError).toBe('the address is not public');
    expect(hook.received).toHaveLength(1);
  });
});

it('a try that is broken off by a stop is none: whoever comes next tries anew', async () => {
  const silent = await receiver(() => {});
  const stopping = new AbortController();
  const posting = postWebhook(
    { url: silent.url, body: '{}', key: 'k', allowPrivate: true },
    { stopping: stopping.signal },
  );
  await until(async () => silent.received.length === 1);
  stopping.abort();
  expect(await posting).toEqual({ interrupted: true });
});

it('answers a command to a module that is not there, or takes none, as the contract says', async () => {
  const { home, person } = await projectWith(['http://127.0.0.1:1/evt']);
  const put = (moduleId: string, body: unknown) =>
    send(url, 'PUT', `/homes/${home.id}/smartModules/${moduleId}/command`, { token: person.token, body });
  expect((await put('hook0', { action: 'go' })).status).toBe(404);
  expect((await put('nobody', { action: 'go' })).status).toBe(404);
  expect((await put('hook0', {})).body.reason).toBe('MISSING_PARAMETERS');
});
