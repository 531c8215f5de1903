import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readConfig } from '@/server/config';
import { playShadow, type ShadowByHand } from '@/server/hub-agent/virtual-lock/shadow-by-hand';
import { controlFileName, start } from './virtual-lock';

const front = { thing: 'lock-front', password: 'one', name: 'Front door' };
const back = { thing: 'lock-back', password: 'two', name: 'Back door' };
let shadow: ShadowByHand;
let dataDir: string;
let target: { stop(): Promise<void> } | undefined;

beforeEach(async () => {
  vi.stubEnv('LOG_LEVEL', 'silent');
  shadow = await playShadow();
  dataDir = await mkdtemp(path.join(tmpdir(), 'virtual-lock-target-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await target?.stop();
  target = undefined;
  await shadow.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const list = (...locks: object[]) =>
  writeFile(
    path.join(dataDir, 'virtual-locks.json'),
    JSON.stringify({ url: shadow.url, boltMs: 0, autoLockMs: null, locks }),
    { mode: 0o600 },
  );
const startTarget = async () => {
  target = await start(readConfig({ ...process.env, DATA_DIR: dataDir, LATCHKEY_DEMO: '0' }));
};

async function call(method: string, where: string, body?: unknown, secret?: string) {
  const control = JSON.parse(await readFile(path.join(dataDir, controlFileName), 'utf8'));
  const response = await fetch(`${control.url}${where}`, {
    method,
    headers: { authorization: `Bearer ${secret ?? control.secret}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}
const open = (thing: string, id: string) => {
  const expiresAt = shadow.now() + 8_000;
  return shadow.desire(thing, { command: { id, type: 'unlock', issuedAt: shadow.now(), expiresAt } });
};

it('runs all locks of the file and remembers their bolts', async () => {
  await list(front, back);
  await startTarget();
  await shadow.report(() => shadow.reports.length === 2);
  await open(front.thing, 'a');
  await shadow.report((one) => one.lockState === 'UNLOCKED');
  await target?.stop();
  await startTarget();
  const { body } = await call('GET', '/');
  expect(body.locks).toMatchObject([
    { thing: front.thing, name: 'Front door', lockState: 'UNLOCKED', actuations: 1 },
    { thing: back.thing, name: 'Back door', lockState: 'LOCKED', actuations: 0 },
  ]);
});

it('takes up locks that are added to the file, made before it or after', async () => {
  await startTarget();
  expect((await call('GET', '/')).body.locks).toEqual([]);
  await list(front);
  await shadow.report((one) => one.lockState === 'LOCKED');
  await list(front, back);
  await shadow.report(() => shadow.logins.includes(`${back.thing} / ${back.thing}`));
});

it('starts the healthy locks when the memory of one is damaged', async () => {
  await list(front, back);
  await startTarget();
  await target?.stop();
  await writeFile(path.join(dataDir, 'virtual-locks', `${front.thing}.json`), '{');
  await startTarget();
  expect((await call('GET', '/')).body.locks).toMatchObject([{ thing: back.thing }]);
});

it('is controlled over loopback with the secret from its file', async () => {
  await list(front);
  await startTarget();
  expect((await stat(path.join(dataDir, controlFileName))).mode & 0o777).toBe(0o600);
  await shadow.report((one) => one.lockState === 'LOCKED');

  expect(await call('POST', '/lock-front/jam')).toMatchObject({ status: 200, body: { isObstructed: true } });
  await open(front.thing, 'a');
  await shadow.report((one) => one.lockState === 'JAMMED');
  await call('POST', '/lock-front/free');
  await call('POST', '/lock-front/turn-by-hand', { to: 'UNLOCKED' });
  await shadow.report((one) => one.lockState === 'UNLOCKED');
  await call('POST', '/lock-front/set-battery', { percent: 12 });
  await call('POST', '/lock-front/set-door', { state: 'OPEN' });
  await shadow.report((one) => one.doorState === 'OPEN');
  expect(await call('POST', '/lock-front/answer-late', { ms: 60_000 })).toMatchObject({
    body: { lateMs: 60_000 },
  });
  expect(await call('POST', '/lock-front/answer-twice')).toMatchObject({ body: { answersTwice: true } });
  expect(await call('POST', '/lock-front/go-away')).toMatchObject({
    body: { isAway: true, isConnected: false },
  });
  expect(await call('POST', '/lock-front/come-back')).toMatchObject({ body: { isAway: false } });
  expect(await call('POST', '/lock-front/behave-normally')).toMatchObject({
    body: { lateMs: 0, answersTwice: false, isObstructed: false },
  });
});

it('refuses whoever has no secret, and what it does not know', async () => {
  await list(front);
  await startTarget();
  expect((await call('GET', '/', undefined, 'guess')).status).toBe(401);
  expect((await call('POST', '/lock-front/jam', undefined, '')).status).toBe(401);
  expect((await call('POST', '/lock-nobody/jam')).status).toBe(404);
  expect((await call('POST', '/lock-front/constructor')).status).toBe(404);
  expect((await call('GET', '/lock-front/jam')).status).toBe(405);
  expect((await call('POST', '/lock-front/turn-by-hand', { to: 'AJAR' })).status).toBe(400);
  expect((await call('POST', '/lock-front/answer-late', '{')).status).toBe(400);
  expect((await call('POST', '/lock-front/answer-late', 'x'.repeat(5_000))).status).toBe(400);
  expect((await call('GET', '/')).body.locks[0].isObstructed).toBe(false);
});
