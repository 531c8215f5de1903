import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, expect, inject, it } from 'vitest';
import { deviceHome, eventTopic } from '@/server/testing/device-home';
import { ground } from '@/server/testing/ground';

const home = deviceHome(ground());
const url = inject('url');
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
afterAll(() => agent.destroy());

/** As clients do that offer HTTP/2 on every request over a plain connection. */
async function ask(method: string, path: string, token: string, body?: object) {
  const headers = {
    authorization: `ModeCloud ${token}`,
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAMAAABkAAQAoAAAAAIAAAAA',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const asked = request(`${url}${path}`, { method, agent, headers });
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: answer.statusCode, body: await text(answer) };
}

it('a request that offers another protocol is answered as the ordinary one that it is', async () => {
  const device = await home.device();
  const told = { eventType: 'reading', eventData: { note: 'æ'.repeat(100_000) } };
  expect(await ask('PUT', eventTopic(device), device.apiKey, told)).toEqual({ status: 204, body: '' });
  const { body } = await ask('GET', '/auth', device.apiKey);
  expect(JSON.parse(body)).toMatchObject({ type: 'device', deviceId: device.id });
  expect((await ask('GET', '/homes', 'no')).status).toBe(401);
  expect((await ask('GET', '/sign-in', 'no')).status).not.toBe(404);
});
