import { createHmac, randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { version } from '@/package.json';
import type { HubConfig } from '@/server/config/hub';
import type { Logger } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import { connectMqtt } from '@/server/mqtt/client';
import { loadMatter } from '../matter/load';
import { ServiceClock, systemClock } from '../service-clock';
import { shadowLink } from '../shadow-link';
import { fileStore, readWhole, writeWhole } from '../state-file';
import { openBook } from './book';
import type { HubCredentials } from './credentials';
import { hubDesk } from './hub-desk';
import { type LockDesk, lockDesk } from './lock-desk';
import { afterRestart, emptyMemory, memorySchema } from './memory';
import { makePinKey, pinKeyOf } from './pin-key';
import { hubReport, thingOf } from './report';
import { commandTaker } from './take-command';

export interface HubAgent {
  /** Resolves when the hub's shadow was read once. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

const keysSchema = z.object({ pinKey: z.string(), markKey: z.string() });
const answerMs = 5_000;
const keepaliveSeconds = 20;
/** Changes of several locks are told together. */
const gatherMs = 20;

/** Keys of this hub alone, made at its first start. */
async function keysOf(file: string): Promise<z.output<typeof keysSchema>> {
  const kept = await readWhole(file);
  if (kept !== undefined) return keysSchema.parse(kept);
  const made = { pinKey: makePinKey(), markKey: randomBytes(32).toString('base64') };
  await writeWhole(file, made);
  return made;
}

/**
 * Runs a hub: Matter on one side, its shadow and those of its locks on the other. Resolves when Matter is up; the broker
 * need not be there. Throws when its memory is damaged: a hub without its journal must not act.
 */
export async function startHub(
  config: HubConfig,
  credentials: HubCredentials,
  log: Logger,
): Promise<HubAgent> {
  const { folder } = config;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keys = await keysOf(path.join(folder, 'keys.json'));
  const pinKey = pinKeyOf(keys.pinKey);
  const clock = new ServiceClock(systemClock);
  const store = fileStore(
    path.join(folder, 'memory.json'),
    (value) => memorySchema.parse(value),
    emptyMemory,
  );
  const book = openBook(store, afterRestart(await store.load()), clock, log);
  const { environment, controller: matter } = await loadMatter({ folder: path.join(folder, 'matter'), log });
  const controller = await matter.startController({
    environment,
    port: config.HUB_MATTER_PORT,
    knownAddresses: config.HUB_KNOWN_ADDRESSES,
    log,
  });
  const startedAt = new Date();
  const { thing } = credentials;
  const desks = new Map<string, LockDesk>();
  const gone = new Set<string>();
  let reportTimer: NodeJS.Timeout | undefined;
  let isSynced = false;
  let onReady = () => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });

  const connection = connectMqtt(
    {
      url: credentials.mqttUrl,
      ...(credentials.ca === null ? {} : { ca: credentials.ca }),
      clientId: thing,
      username: thing,
      password: credentials.password,
      keepaliveSeconds,
    },
    (error) => log.debug({ error: error.message }, 'broker not reached'),
  );

  function report(command: JsonObject | undefined = desk.spoken()): void {
    clearTimeout(reportTimer);
    reportTimer = undefined;
    const locks = book.memory.devices.map((device) => ({
      thing: thingOf(device),
      nodeId: device.nodeId,
      isReachable: desks.get(device.uuid)?.isReachable ?? false,
    }));
    link.report(hubReport({ version, startedAt, pinKey: pinKey.publicKey, locks, gone: [...gone], command }));
    gone.clear();
  }
  const reportSoon = () => {
    if (isSynced) reportTimer ??= setTimeout(report, gatherMs);
  };

  const nodeOf = (nodeId: string) => controller.nodes().find((node) => node.nodeId === nodeId);

  /** Opens and closes desks so that every lock of the memory has one. */
  async function follow(): Promise<void> {
    const { devices } = book.memory;
    for (const [uuid, open] of [...desks]) {
      if (devices.some((device) => device.uuid === uuid)) continue;
      desks.delete(uuid);
      gone.add(open.thing);
      await open.close();
    }
    for (const device of devices) {
      if (device.endpoint === null) continue;
      let one = desks.get(device.uuid);
      if (one === undefined) {
        one = lockDesk({ book, clock, connection, pinKey, log, onReach: reportSoon }, device.uuid);
        desks.set(device.uuid, one);
      }
      one.attach(nodeOf(device.nodeId)?.lock);
    }
    reportSoon();
  }

  const desk = hubDesk({
    thing,
    book,
    clock,
    controller,
    policy: config.HUB_ATTESTATION,
    markOf: (code) => createHmac('sha256', keys.markKey).update(code).digest('base64url'),
    isRefused: (uuid) => desks.get(uuid)?.isRefused ?? false,
    hush: (uuid, isHushed) => desks.get(uuid)?.hush(isHushed),
    report,
    onLeave: async (uuid) => desks.get(uuid)?.leave(),
    onDevices: follow,
    log,
  });
  const taker = commandTaker({
    thing,
    book,
    clock,
    isKnown: desk.isKnown,
    run: desk.run,
    say: desk.say,
    refresh: () => link.refresh(),
  });
  const link = shadowLink(
    { thing, connect: () => connection, clock, answerMs, log },
    {
      onSynced(delta) {
        isSynced = true;
        report();
        taker.onDelta(delta);
        onReady();
      },
      onDelta: taker.onDelta,
      onTime: taker.onTime,
      onConnection(isConnected) {
        if (!isConnected) isSynced = false;
        log.info({ thing }, isConnected ? 'connected' : 'not connected');
      },
    },
  );
  controller.onReach((nodeId) => {
    const device = book.memory.devices.find((one) => one.nodeId === nodeId);
    if (device !== undefined) desks.get(device.uuid)?.attach(nodeOf(nodeId)?.lock);
  });
  await follow();
  desk.recover();
  link.open();

  return {
    ready: () => ready,
    async stop() {
      clearTimeout(reportTimer);
      await desk.stop();
      for (const open of desks.values()) await open.close();
      await link.close();
      await controller.close();
    },
  };
}
