import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type ActionContext, type ClientNode, Millis, Seconds, type ServerNode } from '@matter/main';
import { GeneralCommissioning } from '@matter/main/clusters/general-commissioning';
import { CommissioningClient } from '@matter/main/node';
import {
  type AttestationFinding,
  ControllerCommissioningFlow,
  DeviceAttestationCheck,
  Invoke,
  type OperationalAddress,
  type Subscribe,
} from '@matter/main/protocol';
import { EndpointNumber } from '@matter/main/types';
import { subscription } from './controller';
import {
  type AttestationPolicy,
  type KnownAddress,
  MatterFailure,
  type PairedNode,
  type PairingStep,
} from './face';

/** A device that may be the one of the code, at one of its addresses. */
export interface Found {
  node: ClientNode;
  address: OperationalAddress;
}

type Code = { passcode: number; shortDiscriminator: number; longDiscriminator?: number };

const searchMs = 10_000;
const againMs = 500;
const paseMost = Seconds(8);
const releaseMs = 1_500;

const fits = (code: Code, discriminator: number): boolean =>
  code.longDiscriminator === undefined
    ? discriminator >> 8 === code.shortDiscriminator
    : discriminator === code.longDiscriminator;

/**
 * Devices that may be meant, one address at a time: a wrong passcode then shows at once (matter-hub 4). Known addresses
 * are tried as long as a search would last, for a lock that is just coming up, unless `isEnough`.
 */
export async function* findDevices(
  server: ServerNode,
  code: Code,
  {
    knownAddresses,
    signal,
    isEnough,
  }: { knownAddresses: readonly KnownAddress[]; signal: AbortSignal; isEnough: () => boolean },
): AsyncGenerator<Found> {
  if (knownAddresses.length > 0) {
    const mayFit = knownAddresses.filter(
      ({ discriminator }) => discriminator === undefined || fits(code, discriminator),
    );
    const until = performance.now() + searchMs;
    while (mayFit.length > 0 && !isEnough() && performance.now() < until) {
      for (const { ip, port, discriminator } of mayFit) {
        if (signal.aborted) throw new MatterFailure('CANCELLED');
        const address = { type: 'udp' as const, ip, port };
        // A name of its own for each try: another device may have stood there, or this one before it was reset.
        const deviceIdentifier = `known-${randomUUID()}`;
        const found = { addresses: [address], deviceIdentifier, D: discriminator ?? 0, CM: 1 };
        // Fails while a node is being taken down, which is over at the next turn.
        const node = await server.peers.forDescriptor(found).catch(() => undefined);
        if (node !== undefined) yield { node, address };
      }
      if (!isEnough()) await delay(againMs, undefined, { signal }).catch(() => {});
    }
    return;
  }
  const identifier =
    code.longDiscriminator === undefined
      ? { shortDiscriminator: code.shortDiscriminator }
      : { longDiscriminator: code.longDiscriminator };
  const search = server.peers.locate({ ...identifier, timeout: Millis(searchMs) });
  const stop = () => search.stop();
  signal.addEventListener('abort', stop);
  let node: ClientNode;
  try {
    node = await search;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const addresses = [...(node.stateOf(CommissioningClient).addresses ?? [])];
  for (const address of addresses) {
    if (!('ip' in address)) continue;
    const one = { type: 'udp' as const, ip: address.ip, port: address.port };
    await node.set({ commissioning: { addresses: [one] } });
    yield { node, address: one };
  }
}

/** What the checks of a certificate come to. Without the ledger of Matter only what the device itself shows is checked. */
function judged(findings: readonly AttestationFinding[]): PairedNode['attestation'] {
  const isTest = findings.some(
    ({ type }) =>
      type === DeviceAttestationCheck.CertificationTypeTest ||
      type === DeviceAttestationCheck.TrustedAsTestCertificate,
  );
  if (isTest) return 'test-certificate';
  return findings.some(({ level }) => level !== 'info') ? 'not-verified' : 'verified';
}

/**
 * A pairing that lets go of a device which it fails with: that would hear nobody for a minute, and the next try, with
 * whatever was in the way put right, would find no device.
 */
abstract class ReleasingFlow extends ControllerCommissioningFlow {
  /** The device has proved that it is the one of the code; nothing has been given to it. */
  protected abstract claim(nodeId: string): Promise<void>;

  override async executeCommissioning(): Promise<void> {
    try {
      await this.claim(String(this.interaction.address.nodeId));
      await super.executeCommissioning();
    } catch (error) {
      await this.#release().catch(() => {});
      throw error;
    }
  }

  async #release(): Promise<void> {
    const request = Invoke({
      commands: [
        Invoke.ConcreteCommandRequest<typeof GeneralCommissioning>({
          endpoint: EndpointNumber(0),
          cluster: GeneralCommissioning,
          command: 'armFailSafe',
          fields: { expiryLengthSeconds: 0, breadcrumb: 0 },
        }),
      ],
    });
    const within = {
      abort: AbortSignal.timeout(releaseMs),
      connectionTimeout: Millis(releaseMs),
    } as ActionContext;
    for await (const _chunk of this.interaction.invoke(request, within)) {
      // It has let go, or had done so already.
    }
  }
}

const accepted: Record<AttestationPolicy, readonly PairedNode['attestation'][]> = {
  strict: ['verified'],
  warn: ['verified', 'not-verified', 'test-certificate'],
  test: ['verified', 'not-verified', 'test-certificate'],
};

/**
 * Takes a found device into the fabric; `onClaim` comes first. Raises what matter.js and `onClaim` raise, and
 * DEVICE_NOT_CERTIFIED with the findings.
 */
export async function commissionNode(
  { node }: Found,
  passcode: number,
  {
    signal,
    policy,
    onStep,
    onClaim,
  }: {
    signal: AbortSignal;
    policy: AttestationPolicy;
    onStep: (step: PairingStep) => void;
    onClaim: (nodeId: string) => Promise<void>;
  },
): Promise<PairedNode['attestation']> {
  class Flow extends ReleasingFlow {
    protected override claim(nodeId: string): Promise<void> {
      return onClaim(nodeId);
    }
  }
  let attestation: PairedNode['attestation'] = 'verified';
  let refused: MatterFailure | undefined;
  try {
    await node.commission({
      passcode,
      timeout: paseMost,
      abort: signal,
      commissioningFlowImpl: Flow,
      defaultSubscription: subscription as unknown as Subscribe,
      onAttestationFailure(findings) {
        onStep('attesting');
        attestation = judged(findings);
        if (accepted[policy].includes(attestation)) return true;
        refused = new MatterFailure('DEVICE_NOT_CERTIFIED', findings.map(({ type }) => type).join(', '));
        return false;
      },
    });
  } catch (error) {
    throw refused ?? error;
  }
  return attestation;
}
