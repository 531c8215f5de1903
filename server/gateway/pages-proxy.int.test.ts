import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import pino from 'pino';
import { afterEach, expect, it } from 'vitest';
import { makePagesProxy } from './pages-proxy';

const servers: Server[] = [];
const listen = async (server: Server): Promise<number> => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Pages that close a connection as its second request comes in; what they were asked and answered is kept. */
async function startForgetfulPages() {
  const used = new WeakSet<Socket>();
  const asked: IncomingMessage[] = [];
  const port = await listen(
    createServer((request, response) => {
      asked.push(request);
      if (used.has(request.socket)) return void request.socket.resetAndDestroy();
      used.add(request.socket);
      response.end(`page ${request.url}`);
    }),
  );
  const proxy = makePagesProxy({
    port,
    trustProxy: false,
    isDevelopment: false,
    log: pino({ level: 'silent' }),
  });
  const gateway = createServer((request, response) => proxy.web(request, response));
  gateway.on('close', () => proxy.close());
  const url = `http://127.0.0.1:${await listen(gateway)}`;
  return { url, asked };
}

it('a page is asked for again when the pages closed the connection that it was asked on', async () => {
  const { url, asked } = await startForgetfulPages();
  for (const path of ['/a', '/_next/static/chunks/b.js', '/c']) {
    const answer = await fetch(url + path);
    expect([answer.status, await answer.text()]).toEqual([200, `page ${path}`]);
  }
  expect(asked.length).toBeGreaterThan(3);
});

it('what writes is never asked twice', async () => {
  const { url, asked } = await startForgetfulPages();
  await (await fetch(`${url}/a`)).text();
  const answer = await fetch(`${url}/sign-in`, { method: 'POST', body: 'x' });
  expect(answer.status).toBe(503);
  expect(asked.map(({ method }) => method)).toEqual(['GET', 'POST']);
});
