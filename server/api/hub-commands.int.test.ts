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
    for (const name of ['commission_with_code', 'device_command', 'unlock', 'OpenLock', ''])
      expect((await tell(name)).body.details?.[0].field).toBe('command');
    await send(url, 'POST', `/hubs/${hub.id}/CommissionDevice`, {
      token: kim.token,
      body: { hubId: hub.id, commissioningCode: '34970112332' },
    });
    expect((await tell('get_nodes')).status).toBe(409);
    expect((await tell('cancel')).status).toBe(200);
    await plugged.commands.next();
    expect(await plugged.commands.next()).not.toHaveProperty('code');
    await plugged.end();
  });
});
