import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeStaticFiles } from './static-files';

const script = `console.log(${JSON.stringify('x'.repeat(2_000))})`;
let folder: string;
let server: Server;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'latchkey-static-'));
  mkdirSync(path.join(folder, 'static/chunks'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.js'), 'secret');
  const file = path.join(folder, 'static/chunks/a.js');
  writeFileSync(file, script);
  writeFileSync(`${file}.br`, brotliCompressSync(script));
  writeFileSync(`${file}.gz`, gzipSync(script));
  const send = makeStaticFiles(path.join(folder, 'static'));
  server = createServer((asked, answer) => {
    answer.setHeader('X-Content-Type-Options', 'nosniff');
    send(asked, answer, () => answer.writeHead(404).end(`pages: ${asked.url}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.close().closeAllConnections();
  rmSync(folder, { recursive: true });
});

/** By hand, since fetch tidies paths and unpacks what it gets. */
const get = (url: string, encoding = '') =>
  new Promise<{ status: number | undefined; headers: IncomingMessage['headers']; body: Buffer }>(
    (resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      request({ port, path: url, headers: { 'accept-encoding': encoding } }, async (answer) => {
        const body = Buffer.concat(await answer.toArray());
        resolve({ status: answer.statusCode, headers: answer.headers, body });
      })
        .on('error', reject)
        .end();
    },
  );

it('a script is sent as it was packed, in the best form that the browser takes', async () => {
  const best = await get('/_next/static/chunks/a.js', 'gzip, deflate, br');
  expect(best.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(best.body).toString()).toBe(script);
  const older = await get('/_next/static/chunks/a.js', 'gzip');
  expect(older.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(older.body).toString()).toBe(script);
  const plain = await get('/_next/static/chunks/a.js');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body.toString()).toBe(script);
});

it('a script may be kept for good and says what it is', async () => {
  const { headers } = await get('/_next/static/chunks/a.js', 'br');
  expect(headers).toMatchObject({
    'cache-control': 'public,max-age=31536000,immutable',
    'content-type': 'text/javascript',
    'x-content-type-options': 'nosniff',
    vary: 'Accept-Encoding',
  });
});

it.each([
  '/_next/static/chunks/b.js',
  '/_next/static/../secret.js',
  '/_next/static/%2e%2e/secret.js',
  '/_next/static/chunks/..%2f..%2f..%2fsecret.js',
  '/_next/static/',
  '/_next/static/%',
])('%s is left to the pages, as it was asked for', async (url) => {
  const answer = await get(url);
  expect([answer.status, answer.body.toString()]).toEqual([404, `pages: ${url}`]);
});
