import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '@/server/config';
import { type DemoHub, demoHubFile, demoHubSchema, demoPairingFile } from '@/server/config/demo-files';
import { readHubConfig } from '@/server/config/hub';
import { makeLog } from '@/server/config/log';
import { Failure } from '@/server/domain/errors';
import { startHub } from '@/server/hub-agent/hub/agent';
import { type MatterVirtualLock, startMatterLock } from '@/server/hub-agent/matter-lock/lock';
import { readWhole, writeWhole } from '@/server/hub-agent/state-file';
import { commissionDevice } from '@/server/services/hubs/commission-device';
import { openDeps } from '@/server/services/open-deps';
import type { Running } from './target';

const autoLockMs = 6_000;
const lookMs = 1_000;

/** Pairs the locks of the demo but the last, as its organisation would; at a later start they are paired already. */
async function pairAll(
  config: Config,
  { hubId, projectId }: DemoHub,
  locks: readonly MatterVirtualLock[],
  signal: AbortSignal,
): Promise<void> {
  const waiting = locks.filter((lock) => !lock.snapshot.isPaired);
  if (waiting.length === 0) return;
  const { deps, connection, close } = await openDeps(config, 'demo-hub', 1);
  try {
    await connection.ready();
    const caller = { principal: { kind: 'orgKey', keyId: 'demo', projectId } as const, via: 'api' as const };
    for (const lock of waiting) {
      const body = { hubId, commissioningCode: lock.snapshot.qrCode };
      while (!lock.snapshot.isPaired && !signal.aborted) {
        try {
          await commissionDevice(deps, caller, { params: { id: hubId }, query: undefined, body });
        } catch (error) {
          // Busy with the lock before, or the bridge is not up yet.
          if (!(error instanceof Failure)) throw error;
        }
        await delay(lookMs, undefined, { signal }).catch(() => {});
      }
    }
  } finally {
    await close();
  }
}

/**
 * The Matter side of the demo in one process: a hub, two locks that it pairs at the first start, and a third that waits
 * for whoever tries it. Says that it is ready at once: nobody has to wait for Matter.
 */
export async function start(config: Config): Promise<Running> {
  const log = makeLog('demo-hub');
  const kept = await readWhole(demoHubFile(config.dataDir));
  // A demo of before had no hub.
  if (kept === undefined) return { stop: async () => {} };
  const demo = demoHubSchema.parse(kept);
  const folder = path.join(config.dataDir, 'demo-hub');
  const pairingFile = demoPairingFile(config.dataDir);
  const stopping = new AbortController();
  const running: { stop(): Promise<void> }[] = [];

  async function run(): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const matterFolder = path.join(folder, 'matter');
    const locks: MatterVirtualLock[] = [];
    for (const [index, { name, port }] of demo.locks.entries()) {
      if (stopping.signal.aborted) return;
      const id = `lock-${index + 1}`;
      const stateFile = path.join(folder, `${id}.json`);
      const lock = await startMatterLock({ id, name, port, stateFile, matterFolder, autoLockMs, log });
      running.unshift(lock);
      locks.push(lock);
    }
    const addresses = locks.map(
      ({ snapshot: { port, discriminator } }) => `127.0.0.1:${port}/${discriminator}`,
    );
    const settings = readHubConfig(
      {
        NODE_ENV: process.env.NODE_ENV,
        HUB_DATA_DIR: folder,
        HUB_ATTESTATION: 'test',
        HUB_KNOWN_ADDRESSES: addresses.join(','),
      },
      config.dataDir,
    );
    const { thing, password } = demo;
    const mqttUrl = `mqtt://127.0.0.1:${config.MQTT_PORT}`;
    const hub = await startHub(settings, { thing, password, mqttUrl, ca: null }, log);
    running.unshift(hub);
    const last = locks.at(-1);
    let told: boolean | undefined;
    const show = async () => {
      if (last === undefined || told === last.snapshot.isPaired) return;
      const { qrCode, manualCode, isPaired } = last.snapshot;
      told = isPaired;
      const name = demo.locks.at(-1)?.name ?? '';
      await writeWhole(pairingFile, {
        name,
        homeId: demo.homeId,
        hubId: demo.hubId,
        qrCode,
        manualCode,
        isPaired,
      });
    };
    await show();
    const timer = setInterval(() => void show().catch(() => {}), lookMs);
    running.unshift({
      async stop() {
        clearInterval(timer);
        await rm(pairingFile, { force: true });
      },
    });
    await hub.ready();
    await pairAll(config, demo, locks.slice(0, -1), stopping.signal);
    log.info({ locks: locks.length }, 'the Matter side of the demo is up');
  }

  const work = run().catch((error: unknown) => {
    log.error({ err: error }, 'the Matter side of the demo could not start');
  });
  return {
    async stop() {
      stopping.abort();
      // Whoever waits for a broker that never comes is not waited for.
      await Promise.race([work, delay(3_000)]);
      for (const part of running) await part.stop();
    },
  };
}
