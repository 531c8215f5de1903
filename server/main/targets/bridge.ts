import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { Expiry } from '@/server/bridge/expiry';
import { KeyCommands } from '@/server/bridge/key-commands';
import { Messenger } from '@/server/bridge/messenger';
import { Presence } from '@/server/bridge/presence';
import { Relay } from '@/server/bridge/relay';
import { ShadowService } from '@/server/bridge/shadow-service';
import { Sweep } from '@/server/bridge/sweep';
import { Webhooks } from '@/server/bridge/webhooks';
import { Wills } from '@/server/bridge/wills';
import type { Config } from '@/server/config';
import { waitForSchema } from '@/server/db/migrate';
import { bridgeLeaderTopic } from '@/server/domain/topics';
import { openTransports } from '@/server/notify/open-transports';
import { openDeps } from '@/server/services/open-deps';
import { migrationsFolder, type Running } from './target';

/** Without shared subscriptions exactly one bridge may answer, or every request is answered twice (device-shadow 8). */
const leaderLock = 7_274_823_903;
const retryMs = 250;

/** Holds the leader's lock on a connection of its own; `lost` resolves when that connection ends. */
async function becomeLeader(
  url: string,
  isStopping: () => boolean,
  onOtherLeads: () => Promise<void>,
): Promise<{ lost: Promise<void>; end(): Promise<void> } | undefined> {
  while (!isStopping()) {
    let onLost = () => {};
    const lost = new Promise<void>((resolve) => {
      onLost = resolve;
    });
    const client = postgres(url, {
      max: 1,
      fetch_types: false,
      idle_timeout: 0,
      max_lifetime: null,
      onnotice: () => {},
      onclose: () => onLost(),
      connection: { application_name: 'latchkey-bridge-leader' },
    });
    try {
      const [row] = await client<{ held: boolean }[]>`select pg_try_advisory_lock(${leaderLock}) as held`;
      if (row?.held === true) return { lost, end: () => client.end({ timeout: 1 }) };
      await onOtherLeads();
    } catch {
      // The database is away: try again below.
    }
    await client.end({ timeout: 1 });
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
  return undefined;
}

/**
 * Shadow service, reports, presence, expiry, outbox relay, mails and SMS. A second bridge stands by until the first is
 * gone.
 */
export async function start(config: Config): Promise<Running> {
  const { deps, connection, close } = await openDeps(config, 'bridge', 10);
  await waitForSchema(deps.db, migrationsFolder);
  let isStopping = false;
  let stopLeading = async () => {};

  const service: ShadowService = new ShadowService(deps, connection, (command) => {
    service
      .withdraw(command)
      .catch((error: unknown) => deps.log.warn({ err: error }, 'withdrawal will be tried again'));
  });
  const me = randomUUID();
  let isLeading = false;

  /** In an object, so that awaiting the leadership does not await its loss. */
  async function lead(): Promise<{ lost: Promise<void> } | undefined> {
    const leader = await becomeLeader(
      config.DATABASE_URL as string,
      () => isStopping,
      () => service.stop(),
    );
    if (leader === undefined) return undefined;
    isLeading = true;
    const expiry = new Expiry(deps, (command) => service.withdraw(command));
    const keyCommands = new KeyCommands(deps);
    const relay = new Relay(deps);
    const webhooks = new Webhooks(deps);
    const sweep = new Sweep(deps);
    const presence = new Presence(deps, connection, config.LATCHKEY_EMBEDDED_BROKER);
    const wills = new Wills(deps, connection, config.WILL_TOPIC);
    const messenger = new Messenger(deps, openTransports(config));
    await service.start();
    await presence.start();
    await wills.start();
    await relay.start();
    expiry.start();
    keyCommands.start();
    webhooks.start();
    sweep.start();
    messenger.start();
    connection.publish(bridgeLeaderTopic, me).catch(() => {});
    stopLeading = async () => {
      stopLeading = async () => {};
      isLeading = false;
      await messenger.stop();
      await webhooks.stop();
      await sweep.stop();
      await expiry.stop();
      await keyCommands.stop();
      await presence.stop();
      await wills.stop();
      await relay.stop();
      await leader.end();
    };
    return { lost: leader.lost };
  }

  // A leader that was cut off from the database apologises until it knows that another one answers.
  await connection.subscribe(bridgeLeaderTopic, ({ payload }) => {
    if (!isLeading && payload.toString() !== me) void service.stop();
  });
  await connection.ready();
  let term = await lead();
  const leading = (async () => {
    while (!isStopping && term !== undefined) {
      await term.lost;
      if (isStopping) return;
      deps.log.warn('the database connection of the leader is gone');
      service.suspend();
      await stopLeading();
      term = await lead();
    }
  })();
  return {
    async stop() {
      isStopping = true;
      await service.stop();
      await stopLeading();
      await leading;
      await close();
    },
  };
}
