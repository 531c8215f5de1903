import { EventEmitter } from 'node:events';
import { type ClientNode, type Environment, Seconds, ServerNode } from '@matter/main';
import { CommissioningClient, ControllerBehavior, NetworkClient } from '@matter/main/node';
import { type OperationalAddress, PeerSet } from '@matter/main/protocol';
import type { Logger } from '@/server/config/log';
import { commissionNode, findDevices } from './commission';
import {
  type DeviceIdentity,
  type KnownAddress,
  type MatterController,
  MatterFailure,
  type MatterLock,
} from './face';
import { identityOf, isSubscribed, lockNode } from './lock-node';
import { operatingFailure, pairingFailure } from './name-error';
import { finishNode, releaseNode } from './seek';

/** Longest silence of a lock that keeps its subscription (matter-hub 6: power loss shows after this plus 40 s). */
export const subscription = { minIntervalFloor: Seconds(0), maxIntervalCeiling: Seconds(20) };
const connectMost = Seconds(5);
const subscribedWithinMs = 3_000;
const removeWithinMs = 3_000;
/** A device that a cut-off pairing has left somewhere answers within this, each time it is asked something. */
const seekWithinMs = 3_000;

export interface ControllerSettings {
  environment: Environment;
  /** UDP port; 0 for any free one. */
  port: number;
  /** Where devices may be; empty: they are found by mDNS. */
  knownAddresses: readonly KnownAddress[];
  log: Logger;
}

interface Known {
  nodeId: string;
  node: ClientNode;
  identity: DeviceIdentity;
  lock?: MatterLock;
}

const shown = ({ nodeId, identity, lock }: Known) => ({ nodeId, identity, ...(lock && { lock }) });

/** Starts the hub's side of Matter: its fabric is made at the first start and kept in the environment's storage. */
export async function startController(settings: ControllerSettings): Promise<MatterController> {
  const { environment, log, knownAddresses } = settings;
  const server = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
    id: 'hub',
    environment,
    network: { port: settings.port, timing: { defaultConnectionTimeout: connectMost } },
    commissioning: { enabled: false },
    // An id is given once, also when this process ends before it has noted which it has given.
    controller: { adminFabricLabel: 'Latchkey', ble: false, nodeIdAssignment: 'random' },
  });
  const known = new Map<string, Known>();
  const reach = new EventEmitter<{ reach: [nodeId: string] }>();
  let isClosing = false;
  /** The address that a pairing under way talks to: without mDNS the first secured session would look for one. */
  let pairingAt: OperationalAddress | undefined;
  server.env.get(PeerSet).added.on((peer) => {
    if (pairingAt !== undefined) peer.descriptor.operationalAddress ??= pairingAt;
  });

  const watched = new WeakSet<ClientNode>();

  function take(node: ClientNode): Known | undefined {
    const address = node.maybeStateOf(CommissioningClient)?.peerAddress;
    if (address === undefined) return undefined;
    const nodeId = String(address.nodeId);
    const { identity, lock: endpoint } = identityOf(node);
    const lock = endpoint === undefined ? undefined : lockNode(node, { nodeId, identity, endpoint });
    const one: Known = { nodeId, node, identity, ...(lock === undefined ? {} : { lock }) };
    known.set(nodeId, one);
    if (watched.has(node)) return one;
    watched.add(node);
    const tell = () => {
      // Closing tells of every node as if it had gone.
      if (isClosing) return;
      // A process that was killed soon after a pairing has not kept what the device is; it says so when it is reached.
      if (known.get(nodeId)?.node === node && known.get(nodeId)?.lock === undefined) take(node);
      reach.emit('reach', nodeId);
    };
    node.eventsOf(NetworkClient).subscriptionStatusChanged.on(tell);
    node.lifecycle.decommissioned.on(tell);
    return one;
  }

  await server.start();
  for (const node of server.peers) {
    if (node.lifecycle.isCommissioned) take(node);
    // What a pairing left behind that did not come to its end.
    else await node.delete().catch(() => {});
  }

  const untilSubscribed = (node: ClientNode, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, subscribedWithinMs);
      const events = node.eventsOf(NetworkClient).subscriptionStatusChanged;
      function done() {
        clearTimeout(timer);
        events.off(done);
        signal.removeEventListener('abort', done);
        resolve();
      }
      events.on(done);
      signal.addEventListener('abort', done);
      if (isSubscribed(node)) done();
    });

  return {
    nodes: () => [...known.values()].map(shown),

    async commission(code, { signal, policy, onStep, onClaim }) {
      onStep('discovering');
      // Silence alone has the same causes as when nothing was found (matter-hub 7).
      let last = new MatterFailure('DEVICE_NOT_FOUND');
      const isEnough = () => last.code === 'WRONG_PASSCODE';
      try {
        for await (const found of findDevices(server, code, { knownAddresses, signal, isEnough })) {
          pairingAt = found.address;
          try {
            onStep('pairing');
            const { ip, port } = found.address;
            const attestation = await commissionNode(found, code.passcode, {
              ...{ signal, policy, onStep },
              onClaim: (nodeId) => onClaim({ nodeId, ip, port }),
            });
            onStep('subscribing');
            await untilSubscribed(found.node, signal);
            const one = take(found.node);
            if (one === undefined) throw new MatterFailure('PAIRING_FAILED');
            return { ...shown(one), attestation };
          } catch (error) {
            if (!found.node.lifecycle.isCommissioned) await found.node.delete().catch(() => {});
            const failure = pairingFailure(error);
            if (failure.code === 'DEVICE_UNREACHABLE') continue;
            last = failure;
            // The upper bits alone fit several devices: the next may be the right one.
            if (failure.code !== 'WRONG_PASSCODE' || code.longDiscriminator !== undefined) throw failure;
          }
        }
        throw last;
      } catch (error) {
        if (signal.aborted) throw new MatterFailure('CANCELLED');
        const failure = pairingFailure(error);
        if (failure.code === 'PAIRING_FAILED')
          log.warn({ err: failure.cause ?? failure }, 'a pairing failed');
        throw failure;
      } finally {
        pairingAt = undefined;
      }
    },

    async finish(place) {
      known.delete(place.nodeId);
      try {
        const node = await finishNode(server, place, seekWithinMs);
        if (node === undefined) return undefined;
        await untilSubscribed(node, AbortSignal.timeout(subscribedWithinMs));
        const one = take(node);
        if (one === undefined) throw new MatterFailure('PAIRING_FAILED');
        return shown(one);
      } catch (error) {
        throw operatingFailure(error);
      }
    },

    async release(place) {
      known.delete(place.nodeId);
      await releaseNode(server, place, seekWithinMs).catch((error: unknown) => {
        throw operatingFailure(error);
      });
    },

    async remove(nodeId, { force }) {
      const one = known.get(nodeId);
      if (one === undefined) return;
      const { node } = one;
      try {
        if (force || !node.lifecycle.isCommissioned) await node.delete();
        else {
          // A lock that is gone is found out in seconds by this, and by what follows in a quarter of a minute.
          await one.lock?.ask(removeWithinMs);
          await node.decommission();
          // The library may have done so by itself when the lock said that it left.
          await node.delete().catch(() => {});
        }
      } catch (error) {
        throw operatingFailure(error);
      }
      known.delete(nodeId);
    },

    onReach(listener) {
      reach.on('reach', listener);
    },

    async close() {
      isClosing = true;
      await server.close();
      log.debug('matter has stopped');
    },
  };
}
