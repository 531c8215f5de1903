import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { projects, webhookDeliveries } from '@/drizzle/schema';
import { createOrgWebhook } from '@/server/services/webhooks/create-org-webhook';
import { send } from '@/server/testing/api-client';
import type { Person } from '@/server/testing/factories';
import { ground } from '@/server/testing/ground';
import { operatorOf } from '@/server/testing/operator';
import { until } from '@/server/testing/until';
import { startReceiver } from '@/server/testing/webhook-receiver';

const url = inject('url');
const factory = ground();
const { db } = factory.deps;
type Receiver = Awaited<ReturnType<typeof startReceiver>>;
const receivers: Receiver[] = [];
afterEach(async () => {
  for (const receiver of receivers.splice(0)) await receiver.stop();
});
const receive = async (answer?: Parameters<typeof startReceiver>[0]) => {
  const receiver = await startReceiver(answer);
  receivers.push(receiver);
  return receiver;
};
const bodies = (receiver: Receiver) => receiver.received.map(({ body }) => JSON.parse(body.toString()));

describe('webhooks of an organisation', () => {
  let project: Awaited<ReturnType<typeof factory.project>>;
  let kim: Person;
  let home: Awaited<ReturnType<typeof factory.home>>;
  beforeEach(async () => {
    project = await factory.project();
    await db.update(projects).set({ allowPrivateWebhooks: true }).where(eq(projects.id, project.id));
    kim = await factory.person(project.id);
    home = await factory.home(kim);
  });
  const webhook = (target: string, events: string[], header?: { name: string; value: string }) =>
    createOrgWebhook(factory.deps, { projectId: project.id, url: target, events, header });
  const open = async (lockId: number) =>
    expect((await send(url, 'POST', `/locks/${lockId}/OpenLock`, { token: kim.token })).status).toBe(200);
  const deliveries = (id: string) =>
    db.select().from(webhookDeliveries).where(eq(webhookDeliveries.moduleId, id));

  it('tell every event of its locks and hubs as EventBridge would, without a signature, with the static header', async () => {
    const receiver = await receive();
    await webhook(receiver.url, ['HubProvisioned', 'LockOpenRequested'], {
      name: 'X-Partner',
      value: 'secret',
    });
    const lock = await factory.lock(home.id);
    const hub = await factory.hub(home);
    await open(lock.id);
    await until(async () => receiver.received.length === 2);
    const told = bodies(receiver).sort((one, other) => (one['detail-type'] < other['detail-type'] ? -1 : 1));
    expect(told).toEqual([
      expect.objectContaining({
        source: 'spk.api',
        'detail-type': 'HubProvisioned',
        detail: expect.objectContaining({ aggregateType: 'hub', aggregateId: hub.id, version: 1 }),
      }),
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: 'spk.api',
        'detail-type': 'LockOpenRequested',
        time: expect.stringMatching(/Z$/),
        region: expect.any(String),
        account: expect.any(String),
        version: '0',
        resources: [],
        detail: {
          partnerId: project.uuid,
          aggregateType: 'lock',
          aggregateId: String(lock.id),
          version: expect.any(Number),
          timestamp: expect.any(Number),
          data: expect.objectContaining({ type: 'LockOpenRequested', lockId: lock.id, uuid: lock.uuid }),
        },
      },
    ]);
    for (const { headers } of receiver.received) {
      expect(headers['x-partner']).toBe('secret');
      expect(headers).not.toHaveProperty('x-mode-signature');
    }
  });

  it('tell nothing of another organisation, nothing that was not asked for, and nothing while suspended', async () => {
    const receiver = await receive();
    const all = await webhook(receiver.url, ['*']);
    const none = await webhook(receiver.url, ['KeyAdded']);
    const stranger = await factory.person((await factory.project()).id);
    await factory.hub(await factory.home(stranger));
    const hub = await factory.hub(home);
    await until(async () => receiver.received.length === 2);
    expect(new Set(bodies(receiver).map(({ detail }) => detail.aggregateId))).toEqual(new Set([hub.id]));
    expect(await deliveries(none.id)).toEqual([]);
    expect(await deliveries(all.id)).toHaveLength(2);
  });

  it('are tried again after a 5xx with the same envelope, and a 4xx is the last word', async () => {
    const receiver = await receive((response, { path }, count) =>
      response.writeHead(path === '/gone' ? 410 : count === 1 ? 503 : 200).end(),
    );
    const wanted = await webhook(receiver.url, ['HubClaimed']);
    await factory.hub(home);
    await until(async () => (await deliveries(wanted.id))[0]?.status === 'delivered');
    const [first, second] = bodies(receiver);
    expect(second).toEqual(first);
    const refusing = await webhook(receiver.url.replace('/evt', '/gone'), ['HubProvisioned']);
    await factory.hub(home);
    await until(async () => (await deliveries(refusing.id))[0]?.status === 'failed');
    const [given] = await deliveries(refusing.id);
    expect([given?.attempts, given?.lastStatus]).toEqual([1, 410]);
  });

  it('tell shadow updates with the states as JSON in texts, and no code that stands in a command', async () => {
    const receiver = await receive();
    await webhook(receiver.url, ['Shadow Update']);
    const hub = await factory.hub(home);
    const plugged = await factory.virtualHub(hub);
    // Whether anybody wants shadow updates is looked at once a second.
    await until(async () => {
      await plugged.report({ version: String(Math.random()) });
      return receiver.received.length > 0;
    });
    const reply = await send(url, 'POST', `/hubs/${hub.id}/CommissionDevice`, {
      token: kim.token,
      body: { hubId: hub.id, commissioningCode: '34970112332' },
    });
    expect(reply.status).toBe(200);
    const withCommand = () => bodies(receiver).find(({ detail }) => detail.desiredState !== '{}');
    // Reports from before may still be on their way.
    await until(async () => withCommand() !== undefined);
    const told = withCommand();
    expect(told).toMatchObject({
      source: 'spk.iot.shadow',
      'detail-type': 'Shadow Update',
      detail: { partnerId: project.uuid, thingName: hub.thing, version: expect.any(Number) },
    });
    expect(JSON.parse(told.detail.desiredState).command).toMatchObject({ type: 'commission_with_code' });
    expect(JSON.parse(told.detail.deltaState).command).toMatchObject({ type: 'commission_with_code' });
    expect(JSON.parse(told.detail.reportedState)).toMatchObject({ version: expect.any(String) });
    expect(JSON.parse(told.detail.metadata)).toHaveProperty('desired');
    expect(receiver.received.map(({ body }) => body.toString()).join()).not.toContain('34970112332');
    await plugged.end();
  });

  it('are made, listed without their secret and removed by the operator, what waits with them', async () => {
    const run = operatorOf(factory.deps);
    const inThis = ['--project', String(project.id)];
    const made = await run(
      ...[
        'org-webhook',
        'create',
        ...inThis,
        '--url',
        'https://example.com/h',
        '--events',
        'LockOpenRequested,HubClaimed',
      ],
      ...['--header-name', 'Authorization', '--header-value', 'Bearer s3cret'],
    );
    expect(made.output).toEqual({
      id: expect.any(String),
      projectId: project.id,
      url: 'https://example.com/h',
      events: ['LockOpenRequested', 'HubClaimed'],
      headerName: 'Authorization',
      suspended: false,
    });
    expect((await run('org-webhook', 'list', ...inThis)).output).toEqual([made.output]);
    for (const [name, value] of [
      ['--url', 'ftp://example.com'],
      ['--header-name', 'Host'],
      ['--events', ','],
    ] as const) {
      const odd = ['org-webhook', 'create', ...inThis, '--url', 'https://example.com', name, value];
      if (name === '--header-name') odd.push('--header-value', 'x');
      expect((await run(...odd)).code).toBe(1);
    }
    const bad = await receive((response) => response.writeHead(500).end());
    const waiting = await webhook(bad.url, ['*']);
    await factory.hub(home);
    await until(async () => bad.received.length > 0);
    expect((await run('org-webhook', 'remove', '--id', waiting.id)).code).toBe(0);
    expect((await run('org-webhook', 'remove', '--id', waiting.id)).code).toBe(1);
    await until(async () => (await deliveries(waiting.id)).every(({ status }) => status === 'failed'));
  });
});

describe('hubs of the command line', () => {
  it('are made with a claim code and a whole history, listed without hashes, and taken out of use for good', async () => {
    const project = await factory.project();
    const home = await factory.home(await factory.person(project.id));
    const run = operatorOf(factory.deps);
    const { output: made } = await run(`hub create --project ${project.id} --home ${home.id} --serial S-1`);
    expect(made).toEqual({
      id: expect.any(String),
      thing: `hub-${made.id}`,
      serial: 'S-1',
      claimCode: expect.stringMatching(/^[A-Z2-9-]{14}$/),
      mqtt: { username: `hub-${made.id}`, password: expect.any(String) },
    });
    const { output: listed } = await run(`hub list --project ${project.id}`);
    expect(listed).toMatchObject([{ hubId: made.id, status: 'Claimed', claimCode: made.claimCode }]);
    expect(Object.keys(listed[0]).filter((name) => /hash|sealed/i.test(name))).toEqual([]);
    const gone = await run(`hub decommission --id ${made.id}`);
    expect(gone.output).toEqual({ id: made.id, status: 'decommissioned', version: 3 });
    const started = await send(url, 'POST', '/hubs/provision', {
      body: { serial: 'S-1', claimCode: made.claimCode },
    });
    expect(started.status).toBe(403);
  });
});
