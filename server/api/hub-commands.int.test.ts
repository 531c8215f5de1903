import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { ground } from '@/server/testing/ground';
import { gateway } from '@/server/testing/mounts';
import { until } from '@/server/testing/until';

const factory = ground();

describe.each(gateway())('SendHubCommand ($name)', ({ url }) => {
  it('hands over what moves no bolt, records nothing, and takes it out when the hub has answered', async () => {
    const kim = await factory.person((await factory.project()).id);
    const home = await factory.home(kim);
    const hub = await factory.hub(home);
    const plugged = await factory.virtualHub(hub);
    const tell = (command: string, args?: object) =>
      send(url, 'POST', `/hubs/${hub.id}/SendHubCommand`, {
        token: kim.token,
        body: { hubId: hub.id, command, ...(args === undefined ? {} : { args }) },
      });
    const reply = await tell('set_wifi_credentials', { ssid: 'home', password: 'secret' });
    expect([reply.status, reply.body]).toEqual([
      200,
      { success: true, aggregateId: hub.id, version: 2, event: null },
    ]);
    const command = await plugged.commands.next();
    expect(command).toMatchObject({
      type: 'set_wifi_credentials',
      args: { ssid: 'home', password: 'secret' },
      expiresAt: Number(command.issuedAt) + 30_000,
    });
    await plugged.report({ command: { id: command.id, state: 'succeeded' } });
    await until(async () => (await plugged.standing()) === undefined);
    const deep = JSON.parse(`{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`);
    expect((await tell('get_nodes', deep)).body.details?.[0].field).toBe('args');
    for (const name of ['commission_with_code', 'device_command', 'unlock', 'OpenLock', ''])
      expect((await tell(name)).body.details?.[0].field).toBe('command');
    await send(url, 'POST', `/hubs/${hub.id}/CommissionDevice`, {
      token: kim.token,
      body: { hubId: hub.id, commissioningCode: '34970112332' },
    });
    expect((await tell('get_nodes')).status).toBe(409);
    const shadow = await send(url, 'GET', `/hubs/${hub.id}/shadow`, { token: kim.token });
    expect(shadow.body).toMatchObject({
      thing: hub.thing,
      version: expect.any(Number),
      desired: { command: { type: 'commission_with_code', code: '•••' } },
      reported: { command: { id: command.id, state: 'succeeded' } },
    });
    expect(JSON.stringify(shadow.body)).not.toContain('34970112332');
    expect((await tell('cancel')).status).toBe(200);
    await plugged.commands.next();
    expect(await plugged.commands.next()).not.toHaveProperty('code');
    await plugged.end();
  });
});

describe.each(gateway())('locks that are a hub’s no longer ($name)', ({ url }) => {
  /** A home with a hub that has paired as many locks. */
  async function paired(...names: string[]) {
    const kim = await factory.person((await factory.project()).id);
    const home = await factory.home(kim);
    const hub = await factory.hub(home);
    const plugged = await factory.virtualHub(hub);
    const call = (method: string, path: string, body?: object) =>
      send(url, method, path, { token: kim.token, ...(body && { body }) });
    const locks: { id: number; thing: string }[] = [];
    const list = () => Object.fromEntries(locks.map(({ thing }) => [thing, { reachable: true }]));
    for (const name of names) {
      const uuid = randomUUID();
      const body = { hubId: hub.id, commissioningCode: '34970112332' };
      expect((await call('POST', `/hubs/${hub.id}/CommissionDevice`, body)).status).toBe(200);
      const { id } = await plugged.commands.next();
      const device = { id: uuid, uuid, deviceType: 'door-lock', name };
      await plugged.report({ command: { id, state: 'succeeded', device } });
      const [attempt] = (await call('GET', `/hubs/${hub.id}/commissionings`)).body.items;
      locks.push({ id: attempt.lockId, thing: `lock-${uuid}` });
      await plugged.report({ locks: list() });
    }
    const says = (id: unknown, state: string, more: object = {}) =>
      plugged.report({ command: { id, state, error: null, ...more } });
    return { kim, home, hub, plugged, call, locks, says };
  }
  const removal = (thing: string | undefined, force: boolean) => ({
    type: 'remove_lock',
    args: { lockId: thing, force },
  });

  it('are taken off its fabric when they are removed, and forgotten when they do not answer', async () => {
    const { plugged, call, locks, says } = await paired('Front');
    const [front] = locks;
    // As long as it is the hub's own nobody asks for anything.
    await plugged.report({ locks: { [front?.thing ?? '']: { reachable: false } } });
    expect((await call('DELETE', `/locks/${front?.id}`)).status).toBe(200);
    const first = await plugged.commands.next();
    expect(first).toMatchObject(removal(front?.thing, false));
    await says(first.id, 'failed', { error: 'LOCK_UNREACHABLE' });
    const second = await plugged.commands.next();
    expect(second).toMatchObject(removal(front?.thing, true));
    await says(second.id, 'succeeded');
    await until(async () => (await plugged.standing()) === undefined);
    await plugged.report({ locks: { [front?.thing ?? '']: null } });
    expect(plugged.commands.size).toBe(0);
    await plugged.end();
  });

  it('wait for a hub that is away; one that is busy is not pressed', async () => {
    const { hub, plugged, call, locks } = await paired('Front');
    const [front] = locks;
    await plugged.end();
    await until(async () => (await call('GET', `/hubs/${hub.id}/status`)).body.online === false);
    expect((await call('DELETE', `/locks/${front?.id}`)).status).toBe(200);
    const back = await factory.virtualHub(hub);
    const told = await back.commands.next();
    expect(told).toMatchObject(removal(front?.thing, false));
    await back.report({ command: { id: told.id, state: 'failed', error: 'HUB_BUSY' } });
    await until(async () => (await back.standing()) === undefined);
    expect(back.commands.size).toBe(0);
    await back.end();
  });

  it('go one after the other with a home that is deleted; their hub keeps none of them', async () => {
    const { home, plugged, call, locks, says } = await paired('Front', 'Back');
    expect((await call('DELETE', `/homes/${home.id}`)).status).toBe(204);
    const told: unknown[] = [];
    for (const _lock of locks) {
      const command = await plugged.commands.next();
      told.push((command.args as { lockId?: string }).lockId);
      await says(command.id, 'succeeded');
    }
    expect(told.sort()).toEqual(locks.map(({ thing }) => thing).sort());
    await plugged.end();
  });
});
