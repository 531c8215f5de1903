import { type ClientNode, Millis, type ServerNode } from '@matter/main';
import { GeneralCommissioning } from '@matter/main/clusters/general-commissioning';
import { OperationalCredentials } from '@matter/main/clusters/operational-credentials';
import {
  ChannelStatusResponseError,
  FabricAuthority,
  Invoke,
  Peer,
  PeerAddress,
  Read,
} from '@matter/main/protocol';
import { EndpointNumber, type FabricIndex, NodeId, SecureChannelStatusCode } from '@matter/main/types';
import { subscription } from './controller';
import { MatterFailure, type NodePlace } from './face';
import { invokeOne, within } from './invoke';

/** The device says that it is not on our fabric. */
class NotOurs extends Error {}

/** All that a device has to tell; who breaks off leaves it in the middle of a sentence that it may not end for minutes. */
const readWithinMs = 15_000;

const root = EndpointNumber(0);
const { CommissioningError } = GeneralCommissioning;

/**
 * Connects to the device that may be this node of our fabric; undefined: there is a device, and it is not. `isWhole`: its
 * pairing was seen to end, and the library looks after it. Raises what the library raises when nothing answers. A node
 * that is given has to be deleted or kept by the caller.
 */
async function connectTo(
  server: ServerNode,
  { nodeId, ip, port }: NodePlace,
  withinMs: number,
): Promise<{ node: ClientNode; isWhole: boolean } | undefined> {
  const fabric = server.env.get(FabricAuthority).fabrics[0];
  if (fabric === undefined) return undefined;
  const address = PeerAddress({ fabricIndex: fabric.fabricIndex, nodeId: NodeId(BigInt(nodeId)) });
  const isWhole = server.peers.get(address) !== undefined;
  const node = await server.peers.forAddress(address, {
    commissioning: { addresses: [{ type: 'udp', ip, port }] },
  });
  try {
    await node.env.get(Peer).connect({
      connectionTimeout: Millis(withinMs),
      abort: AbortSignal.timeout(withinMs),
      handleError(error) {
        const said = ChannelStatusResponseError.of(error)?.protocolStatusCode;
        if (said === SecureChannelStatusCode.NoSharedTrustRoots) throw new NotOurs();
      },
    });
    return { node, isWhole };
  } catch (error) {
    await node.delete().catch(() => {});
    if (error instanceof NotOurs) return undefined;
    throw error;
  }
}

/** Ends a pairing that the device waits to be ended; one that has ended already is left as it is. */
async function complete(node: ClientNode, withinMs: number): Promise<void> {
  const answer = await invokeOne(
    node,
    Invoke.ConcreteCommandRequest<typeof GeneralCommissioning>({
      endpoint: root,
      cluster: GeneralCommissioning,
      command: 'commissioningComplete',
    }),
    { withinMs, refusal: () => new MatterFailure('PAIRING_FAILED') },
  );
  const { errorCode } = answer as GeneralCommissioning.CommissioningCompleteResponse;
  if (errorCode !== CommissioningError.Ok && errorCode !== CommissioningError.NoFailSafe)
    throw new MatterFailure('PAIRING_FAILED');
}

/**
 * Brings a pairing to its end that was cut off after the device had been given its place on our fabric, and reads what
 * the device is; undefined: it has no such place. Raises what the library raises.
 */
export async function finishNode(
  server: ServerNode,
  place: NodePlace,
  withinMs: number,
): Promise<ClientNode | undefined> {
  const found = await connectTo(server, place, withinMs);
  if (found === undefined) return undefined;
  const { node, isWhole } = found;
  try {
    if (!isWhole) await complete(node, withinMs);
    for await (const _chunk of node.interaction.read(Read({ attributes: [{}] }), within(readWithinMs))) {
      // What is read lands in the node's state.
    }
    // Told a second time, the library would lose sight of the subscription that it has.
    if (!isWhole) await node.set({ network: { defaultSubscription: subscription, autoSubscribe: true } });
    await node.start();
    return node;
  } catch (error) {
    await node.delete().catch(() => {});
    throw error;
  }
}

/** Asks a device to forget our fabric, whichever way works where it stands in its pairing. */
async function leave(node: ClientNode, withinMs: number): Promise<void> {
  const refusal = () => new MatterFailure('LOCK_REFUSED');
  // A pairing that has not ended is taken back by this alone, and one that has is not touched by it.
  await invokeOne(
    node,
    Invoke.ConcreteCommandRequest<typeof GeneralCommissioning>({
      endpoint: root,
      cluster: GeneralCommissioning,
      command: 'armFailSafe',
      fields: { expiryLengthSeconds: 0, breadcrumb: 0 },
    }),
    { withinMs, refusal },
  );
  let fabricIndex: FabricIndex | undefined;
  const wanted = Read.Attribute({
    endpoint: root,
    cluster: OperationalCredentials,
    attributes: ['currentFabricIndex'],
  });
  for await (const chunk of node.interaction.read(Read(wanted), within(withinMs)))
    for await (const report of chunk)
      if (report.kind === 'attr-value') fabricIndex = report.value as FabricIndex | undefined;
  if (fabricIndex === undefined) throw new MatterFailure('LOCK_REFUSED');
  await invokeOne(
    node,
    Invoke.ConcreteCommandRequest<typeof OperationalCredentials>({
      endpoint: root,
      cluster: OperationalCredentials,
      command: 'removeFabric',
      fields: { fabricIndex },
    }),
    { withinMs, refusal },
  );
}

/**
 * Sees to it that no device holds this place on our fabric. Raises LOCK_UNREACHABLE when it is not known that it is so,
 * and what the library raises.
 */
export async function releaseNode(server: ServerNode, place: NodePlace, withinMs: number): Promise<void> {
  const found = await connectTo(server, place, withinMs);
  if (found === undefined) return;
  const { node } = found;
  // Who leaves a fabric may do so without a word: what it says to the next call counts.
  await leave(node, withinMs).catch(() => {});
  await node.delete().catch(() => {});
  const still = await connectTo(server, place, withinMs);
  if (still === undefined) return;
  await still.node.delete().catch(() => {});
  throw new MatterFailure('LOCK_UNREACHABLE');
}
