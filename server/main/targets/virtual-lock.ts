import { randomBytes } from 'node:crypto';
import { unwatchFile, watchFile } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '@/server/config';
import { type Logger, makeLog } from '@/server/config/log';
import { isThingName } from '@/server/domain/topics';
import { startControlServer } from '@/server/hub-agent/control-server';
import { controlled } from '@/server/hub-agent/virtual-lock/controlled';
import type { VirtualLock } from '@/server/hub-agent/virtual-lock/face';
import { startVirtualLock } from '@/server/hub-agent/virtual-lock/lock';

/** `DATA_DIR/virtual-locks.json`; read again whenever it changes. */
const schema = z.object({
  /** Broker; this machine's own when absent. */
  url: z.string().optional(),
  boltMs: z.number().min(0).default(1_000),
  /** Null: they stay open until told to lock. */
  autoLockMs: z.number().min(0).nullable().default(6_000),
  /** False: bolt and journal live in memory only, for measuring. */
  keepsState: z.boolean().default(true),
  locks: z.array(
    z.object({
      thing: z.string().refine(isThingName, 'no thing name'),
      password: z.string(),
      name: z.string(),
    }),
  ),
});
type LockFile = z.output<typeof schema>;
type ListedLock = LockFile['locks'][number];

/** Where the control interface lies and its bearer secret, for the demo and for tests; gone while no target runs. */
export const controlFileName = 'virtual-lock-control.json';

async function readLockFile(file: string, log: Logger): Promise<LockFile | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing)
      log.error({ file, error: (error as Error).message }, 'the list of virtual locks cannot be read');
    return undefined;
  }
}

/** Runs every virtual lock of the installation in this process, and their control interface on loopback. */
export async function start(config: Config): Promise<{ stop(): Promise<void> }> {
  const log = makeLog('virtual-lock');
  const file = path.join(config.dataDir, 'virtual-locks.json');
  const stateFolder = path.join(config.dataDir, 'virtual-locks');
  const caFile = process.env.TLS_CA_FILE;
  const ca = caFile === undefined || caFile === '' ? undefined : await readFile(caFile, 'utf8');
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const running = new Map<string, { lock: VirtualLock; name: string; settings: string }>();
  let work: Promise<void> = Promise.resolve();

  async function startOne(listed: ListedLock, all: LockFile, settings: string): Promise<void> {
    const { thing, password, name } = listed;
    const ownUrl =
      ca === undefined ? `mqtt://127.0.0.1:${config.MQTT_PORT}` : `mqtts://localhost:${config.MQTT_TLS_PORT}`;
    try {
      const lock = await startVirtualLock({
        url: all.url ?? ownUrl,
        ...(ca === undefined ? {} : { ca }),
        thing,
        password,
        boltMs: all.boltMs,
        ...(all.autoLockMs === null ? {} : { autoLockMs: all.autoLockMs }),
        ...(all.keepsState ? { stateFile: path.join(stateFolder, `${thing}.json`) } : {}),
        log,
      });
      running.set(thing, { lock, name, settings });
    } catch (error) {
      // One damaged lock must not take the others with it.
      log.error({ thing, error: (error as Error).message }, 'a virtual lock could not start');
    }
  }

  /** Brings what runs in line with the file; a file that is missing or broken changes nothing. */
  async function follow(): Promise<void> {
    const all = await readLockFile(file, log);
    if (all === undefined) return;
    const { locks, ...shared } = all;
    const wanted = new Map(locks.map((listed) => [listed.thing, JSON.stringify([shared, listed])]));
    for (const [thing, { lock, settings }] of [...running]) {
      if (wanted.get(thing) === settings) continue;
      running.delete(thing);
      await lock.stop();
    }
    for (const listed of locks) {
      if (!running.has(listed.thing)) await startOne(listed, all, wanted.get(listed.thing) ?? '');
    }
  }

  const followNext = () => {
    work = work.then(follow).catch((error: Error) => log.error({ error: error.message }, 'virtual locks'));
  };
  // By polling: the file may not exist yet, and an atomic replacement looks like a removal to a watcher.
  watchFile(file, { interval: 500 }, followNext);
  await follow();

  const secret = randomBytes(24).toString('base64url');
  const control = await startControlServer({
    locks: () => [...running.values()].map(({ lock, name }) => controlled(lock, name)),
    secret,
  });
  const controlFile = path.join(config.dataDir, controlFileName);
  await writeFile(`${controlFile}.new`, JSON.stringify({ url: control.url, secret }), { mode: 0o600 });
  await rename(`${controlFile}.new`, controlFile);
  log.info({ locks: running.size }, 'virtual locks are up');

  return {
    async stop() {
      unwatchFile(file, followNext);
      await work;
      await rm(controlFile, { force: true });
      await control.stop();
      await Promise.all([...running.values()].map(({ lock }) => lock.stop()));
    },
  };
}
