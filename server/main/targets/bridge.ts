import { randomUUID } from 'node:crypto';
import { Audit } from '@/server/bridge/audit';
import { Expiry } from '@/server/bridge/expiry';
import { KeyCommands } from '@/server/bridge/key-commands';
import { LockRemovals } from '@/server/bridge/lock-removals';
import { Messenger } from '@/server/bridge/messenger';
import { Notifier } from '@/server/bridge/notifier';
import { Presence } from '@/server/bridge/presence';
import { Relay } from '@/server/bridge/relay';
import { ShadowFollower } from '@/server/bridge/shadow-follower';
import { ShadowService } from '@/server/bridge/shadow-service';
import { hasSharedSubscriptions } from '@/server/bridge/sharing';
import { Sweep } from '@/server/bridge/sweep';
import { Webhooks } from '@/server/bridge/webhooks';
import { Wills } from '@/server/bridge/wills';
import type { Config } from '@/server/config';
import { isOwnBus, shadowKeeper } from '@/server/config/brokers';
import { waitForSchema } from '@/server/db/migrate';
import { bridgeLeaderTopic, shadowRequestFilters, sharedFilter } from '@/server/domain/topics';
import { openTransports } from '@/server/notify/open-transports';
import { giveUpLocks } from '@/server/services/hubs/give-up-locks';
import { openDeps } from '@/server/services/open-deps';
import type { EndedCommand } from '@/server/services/openings/commands-to-withdraw';
import { bridgeLocks, Terms } from '../terms';
import { migrationsFolder, type Running } from './target';

/** Bridges that answer together are one group of the broker's. */
const group = 'latchkey';

/**
 * Shadow service, reports, presence, expiry, outbox relay, mails and SMS. Where the broker has shared subscriptions all
 * bridges answer shadow requests and one of them leads the rest of the work; elsewhere a second bridge stands by until
 * the first is gone. On AWS IoT Core nothing is answered: the leader follows what the shadows say.
 */
export async function start(config: Config): Promise<Running> {
  const { deps, connection, busConnection, close } = await openDeps(config, 'bridge', 10);
  await waitForSchema(deps.db, migrationsFolder);
  const url = config.DATABASE_URL as string;
  const isAws = shadowKeeper(config) === 'aws';
  const isEmbedded = !isAws && isOwnBus(config);
  await Promise.all([connection.ready(), busConnection.ready()]);
  const isSharing = !isAws && !isEmbedded && (await hasSharedSubscriptions(connection, () => false));
  const filters = isSharing
    ? shadowRequestFilters.map((filter) => sharedFilter(group, filter))
    : shadowRequestFilters;
  const service: ShadowService | ShadowFollower = isAws
    ? new ShadowFollower(deps, connection)
    : new ShadowService(
        deps,
        connection,
        (command) => {
          service
            .withdraw(command)
            .then(() => followOn(command))
            .catch((error: unknown) => deps.log.warn({ err: error }, 'withdrawal will be tried again'));
        },
        filters,
      );
  /** A hub that has done or refused what it was told may be told of the next lock. */
  const followOn = async ({ of, thing }: EndedCommand) => {
    if (of !== 'opening') await giveUpLocks(deps, { thing });
  };
  const me = randomUUID();
  let isLeading = false;
  let stopLeading = async () => {};

  async function lead(): Promise<void> {
    isLeading = true;
    const expiry = new Expiry(deps, (command) => service.withdraw(command));
    const keyCommands = new KeyCommands(deps);
    const removals = new LockRemovals(deps);
    const relay = new Relay(deps);
    const webhooks = new Webhooks(deps);
    const sweep = new Sweep(deps, config.EVENT_RETENTION_MONTHS);
    const presence = new Presence(deps, connection, config.LATCHKEY_EMBEDDED_BROKER);
    const wills = new Wills(deps, connection, config.WILL_TOPIC);
    const messenger = new Messenger(deps, openTransports(config));
    const notifier = new Notifier(deps);
    const audit = new Audit(deps, config.dataDir);
    if (!isSharing) await service.start();
    await presence.start();
    // AWS has rules for it, and its topics other rights.
    if (!isAws) await wills.start();
    await relay.start();
    expiry.start();
    keyCommands.start();
    removals.start();
    webhooks.start();
    sweep.start();
    messenger.start();
    notifier.start();
    audit.start();
    busConnection.publish(bridgeLeaderTopic, me).catch(() => {});
    stopLeading = async () => {
      stopLeading = async () => {};
      isLeading = false;
      await audit.stop();
      await notifier.stop();
      await messenger.stop();
      await webhooks.stop();
      await sweep.stop();
      await expiry.stop();
      await keyCommands.stop();
      await removals.stop();
      await presence.stop();
      await wills.stop();
      await relay.stop();
    };
  }

  /** Without the database every request is told so, until it is known that another bridge answers. */
  const suspend = () => {
    deps.log.warn('the database connection that holds the locks is gone');
    service.suspend();
  };
  let isStopping = false;
  const leadership = new Terms(
    url,
    // Alone it must also know that no group of others answers (device-shadow 8): two answers would be two versions.
    [{ lock: bridgeLocks.leader }, ...(isSharing || isAws ? [] : [{ lock: bridgeLocks.answering }])],
    {
      begin: lead,
      async end() {
        if (!isStopping && !isSharing) suspend();
        await stopLeading();
      },
      async onOtherHolds() {
        if (!isSharing) await service.stop();
      },
    },
  );
  const answering = new Terms(url, [{ lock: bridgeLocks.answering, isShared: true }], {
    begin: () => service.start(),
    async end() {
      if (!isStopping) suspend();
    },
    onOtherHolds: () => service.stop(),
  });

  if (isSharing) {
    await answering.start();
    void leadership.start();
  } else {
    await busConnection.subscribe(bridgeLeaderTopic, ({ payload }) => {
      if (!isLeading && payload.toString() !== me) void service.stop();
    });
    await leadership.start();
  }
  return {
    async stop() {
      isStopping = true;
      await service.stop();
      await leadership.stop();
      await answering.stop();
      await close();
    },
  };
}
