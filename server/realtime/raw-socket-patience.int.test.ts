import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { closeSocketsAfterwards, openSocket, refusalOf } from '@/server/testing/web-socket';
import { makeRawSockets, type RawSockets } from './raw-sockets';

const factory = ground();
closeSocketsAfterwards();
const server = createServer();
let sockets: RawSockets;
let url: string;
beforeAll(async () => {
  sockets = makeRawSockets(factory.deps, {
    trustProxy: false,
    refuse: () => ({ status: 503, body: { reason: 'DATABASE_ERROR' }, retryAfterSeconds: 1 }),
    patience: { pingEveryMs: 40, silenceMostMs: 4_000 },
  });
  await sockets.start();
  server.on('upgrade', (...asked) => sockets.handleUpgrade(...asked));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await sockets.stop();
  server.close();
});

it('pings, lives with any frame as a sign of life, and ends who is silent; says why when it stops', async () => {
  const person = await factory.person((await factory.project()).id);
  const silent = await openSocket(url, '/userSession/websocket', { token: person.token, autoPong: false });
  const answering = await openSocket(url, '/userSession/websocket', { token: person.token });
  const talking = await openSocket(url, '/userSession/websocket', { token: person.token, autoPong: false });
  const talk = setInterval(() => talking.webSocket.send('still here'), 50);
  expect(await silent.pings.next()).toBe('');
  expect((await silent.closed).code).toBe(1006);
  expect(await answering.ping('a')).toBe('a');
  expect(await talking.ping('b')).toBe('b');
  await sockets.stop();
  clearInterval(talk);
  expect(await answering.closed).toEqual({ code: 1001, reason: 'stopping' });
  expect((await talking.closed).code).toBe(1001);
  const refused = await refusalOf(url, '/userSession/websocket', { token: person.token });
  expect(refused.status).toBe(503);
  expect(refused.headers['retry-after']).toBe('1');
});
