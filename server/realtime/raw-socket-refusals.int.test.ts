import { randomBytes } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { send } from '@/server/testing/api-client';
import { commandTopic, deviceHome } from '@/server/testing/device-home';
import { ground } from '@/server/testing/ground';
import { sendRaw } from '@/server/testing/raw-http';
import { closeSocketsAfterwards, openSocket, refusalOf } from '@/server/testing/web-socket';

const factory = ground();
const home = deviceHome(factory);
closeSocketsAfterwards();
const url = inject('url');
const eventsPath = '/userSession/websocket';

describe('refusals before the upgrade', () => {
  it('have a status, a length and a reason', async () => {
    const device = await home.device();
    const neighbour = await home.device();
    const elsewhere = await factory.device((await factory.project()).id);
    const byou = await factory.project('byou');
    const guestOfByou = await factory.person(byou.id);
    const key = await factory.projectKey(home.person.user.projectId);
    const path = commandTopic(device);
    const table: [string, string, string | undefined, number, string][] = [
      ['no credential', path, undefined, 401, 'UNAUTHENTICATED_CLIENT'],
      ['a credential that is none', path, 'v1.ZHw4.1.00', 401, 'UNAUTHENTICATED_CLIENT'],
      ['another device', path, neighbour.apiKey, 403, 'PERMISSION_DENIED'],
      ['a person', path, home.person.token, 403, 'PERMISSION_DENIED'],
      ['a device of another project', path, elsewhere.apiKey, 404, 'NOT_FOUND'],
      ['a device that is none', commandTopic({ id: 900_000_000_000_001 }), device.apiKey, 404, 'NOT_FOUND'],
      ['no such socket', '/devices/1/nothing', device.apiKey, 404, 'NOT_FOUND'],
      ['events for a device', eventsPath, device.apiKey, 403, 'PERMISSION_DENIED'],
      ['events for a project key', eventsPath, key.key, 403, 'PERMISSION_DENIED'],
      ['events in a BYOU project', eventsPath, guestOfByou.token, 403, 'PERMISSION_DENIED'],
    ];
    for (const [name, where, token, status, reason] of table) {
      const refused = await refusalOf(url, where, token === undefined ? {} : { token });
      expect({ name, status: refused.status, body: JSON.parse(refused.body) }).toMatchObject({
        name,
        status,
        body: { reason },
      });
      expect(refused.headers['content-length']).toBe(String(Buffer.byteLength(refused.body)));
      expect(refused.headers['access-control-allow-origin']).toBe('*');
    }
  });

  it('obey the header when the query has another token', async () => {
    const device = await home.device();
    const path = `${commandTopic(device)}?authToken=${device.apiKey}`;
    expect((await refusalOf(url, path, { token: 'v1.ZHw4.1.00' })).status).toBe(401);
    (await openSocket(url, `${commandTopic(device)}?authToken=no`, { token: device.apiKey })).close();
  });

  it('tell a plain GET that the address is a WebSocket', async () => {
    const device = await home.device();
    expect((await send(url, 'GET', commandTopic(device), { token: device.apiKey })).status).toBe(400);
    expect((await send(url, 'GET', eventsPath, { token: home.person.token })).status).toBe(400);
    const answer = await sendRaw(url, [
      `GET ${commandTopic(device)} HTTP/1.1`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 8',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      `Authorization: ModeCloud ${device.apiKey}`,
    ]);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect((await home.get(device.id)).isConnected).toBe(false);
  });
});
