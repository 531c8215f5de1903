import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commissionings } from '@/drizzle/schema';
import { send } from '@/server/testing/api-client';
import { type Factory, makeFactory } from '@/server/testing/factories';
import { type System, startSystem } from '@/server/testing/system';
import { until } from '@/server/testing/until';

let system: System;
let factory: Factory;
beforeAll(async () => {
  system = await startSystem();
  factory = makeFactory(system);
});
afterAll(async () => {
  await factory.end();
  await system.stop();
});

async function pairing() {
  const kim = await factory.person((await factory.project()).id);
  const home = await factory.home(kim);
  const hub = await factory.hub(home);
  const commission = () =>
    send(system.url, 'POST', `/hubs/${hub.id}/CommissionDevice`, {
      token: kim.token,
      body: { hubId: hub.id, commissioningCode: '34970112332' },
    });
  const list = async () =>
    (await send(system.url, 'GET', `/hubs/${hub.id}/commissionings`, { token: kim.token })).body.items;
  return { hub, commission, list };
}

describe('a commissioning while something is away', () => {
  it('that nobody answers is 502 and unresolved, and settled by the hub that got it all the same', async () => {
    const { hub, commission, list } = await pairing();
    const plugged = await factory.virtualHub(hub);
    await system.bridge.stop();
    const reply = await commission();
    expect([reply.status, reply.body]).toEqual([
      502,
      {
        success: false,
        error: 'Error',
        message: 'Shadow update failed — could not reach AWS IoT.',
        code: 502,
      },
    ]);
    const [attempt] = await list();
    expect(attempt).toMatchObject({ status: 'unresolved', error: 'SHADOW_SILENT' });
    await system.bridge.start();
    // As if the command had been stored and the answer alone was lost.
    await plugged.report({ command: { id: attempt.id, state: 'accepted', step: 'pairing' } });
    await plugged.report({ command: { id: attempt.id, state: 'failed', error: 'WRONG_PASSCODE' } });
    expect(await list()).toMatchObject([{ status: 'failed', error: 'WRONG_PASSCODE' }]);
    await plugged.end();
  });

  it('expires and loses its code when the bridge comes back, though it was killed after the command was stored', async () => {
    const { hub, commission, list } = await pairing();
    const plugged = await factory.virtualHub(hub);
    expect((await commission()).status).toBe(200);
    const { id } = await plugged.commands.next();
    await system.bridge.stop();
    await factory.deps.db
      .update(commissionings)
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .where(eq(commissionings.id, String(id)));
    await system.bridge.start();
    await until(async () => (await list())[0].status === 'expired');
    await until(async () => (await plugged.standing()) === undefined);
    await plugged.end();
  });

  it('that provably never left is failed at once and in nobody’s way', async () => {
    const { hub, commission, list } = await pairing();
    await system.broker.stop();
    const reply = await commission();
    expect(reply.status).toBe(502);
    expect(await list()).toMatchObject([{ status: 'failed', error: 'SHADOW_UNREACHABLE' }]);
    await system.broker.start();
    await until(async () => (await send(system.url, 'GET', '/readyz')).body.checks.broker === true);
    const plugged = await factory.virtualHub(hub);
    await until(async () => (await commission()).status === 200);
    await plugged.end();
  });
});
