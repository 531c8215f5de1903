import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { isExpired } from '../journal';
import {
  type AttestationPolicy,
  type MatterController,
  MatterFailure,
  type PairedNode,
  type PairingStep,
} from '../matter/face';
import type { ServiceClock } from '../service-clock';
import type { HubBook } from './book';
import { readPairingCode } from './commands';
import { type HubDevice, type HubPairing, isSameHardware } from './memory';
import type { CommandDetail } from './report';

/** How a command ended, with what is told beside it. */
export type Ending = { error?: string } & CommandDetail;

export interface PairSettings {
  book: HubBook;
  clock: ServiceClock;
  controller: MatterController;
  policy: AttestationPolicy;
  /** What a code comes to under this hub's own key. */
  markOf: (code: string) => string;
  /** Whether the cloud lets this hub speak for the device. */
  isRefused: (uuid: string) => boolean;
  /** How an error is told. */
  failed: (error: unknown) => Ending;
}

const aliveMs = 2_000;
/** Pauses while it is looked for what came of a pairing that was cut off, or for what time it is. */
const lookAgainMs = 1_000;

/** The device of this code, if it is on this hub and answers: a factory-new one would not. */
async function alreadyHere(
  { book, controller }: PairSettings,
  codeMark: string,
): Promise<HubDevice | undefined> {
  const known = book.memory.devices.find((device) => device.codeMark === codeMark);
  const node = controller.nodes().find(({ nodeId }) => nodeId === known?.nodeId);
  if (known === undefined || node?.lock === undefined) return undefined;
  const answer = await node.lock.ask(aliveMs).catch(() => undefined);
  return answer === undefined ? undefined : known;
}

/** Takes a paired node into the memory, in the place that the same piece of hardware had before. */
async function takeIn(
  { book, controller, isRefused }: PairSettings,
  node: PairedNode,
  { uuid, codeMark, make }: HubPairing,
): Promise<Ending> {
  const { nodeId, identity, lock, attestation } = node;
  const isOther =
    (make?.vendorId !== undefined && make.vendorId !== identity.vendorId) ||
    (make?.productId !== undefined && make.productId !== identity.productId);
  if (isOther) {
    await controller.remove(nodeId, { force: false });
    return { error: 'DEVICE_MISMATCH', message: 'The device is not of the make that its code names.' };
  }
  const told = { ...identity, nodeId, endpoint: lock?.endpoint ?? null, attestation };
  const before = book.memory.devices.find((device) => isSameHardware(device, told));
  // A lock that the cloud gave up comes back as another one.
  const isSame = before !== undefined && !isRefused(before.uuid);
  const device: HubDevice = { ...told, uuid: isSame ? before.uuid : uuid, codeMark };
  if (before !== undefined) {
    if (before.nodeId !== nodeId) await controller.remove(before.nodeId, { force: true }).catch(() => {});
    book.apply({ type: 'removed', uuid: before.uuid });
  }
  book.apply({ type: 'paired', device });
  return { step: 'subscribing', device };
}

/** Pairs the device of a code until `expiresAt`, epoch milliseconds of the service's clock, or until `stop`. Never throws. */
export async function pair(
  settings: PairSettings,
  { id: commandId, expiresAt }: { id: string; expiresAt: number },
  code: string,
  { stop, onStep }: { stop: AbortSignal; onStep: (step: PairingStep) => void },
): Promise<Ending> {
  const { book, clock, controller, policy } = settings;
  const read = readPairingCode(code);
  if (!read.ok) return { error: read.error, message: read.message };
  const { payload } = read;
  // Of both forms of a code the same comes out.
  const codeMark = settings.markOf(`${payload.passcode}/${payload.shortDiscriminator}`);
  const here = await alreadyHere(settings, codeMark);
  if (here !== undefined) return { error: 'ALREADY_COMMISSIONED', message: here.name };
  const { vendorId, productId } = payload;
  const make = {
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
  };
  const begun: HubPairing = { commandId, uuid: randomUUID(), codeMark, make };
  book.apply({ type: 'pairingBegun', pairing: begun });
  if (!(await book.isSaved())) return { error: 'STORAGE_FAILED' };
  const time = clock.now();
  const leftMs = Math.max(0, Math.floor(expiresAt - (time?.latest ?? clock.guess())));
  const timeUp = AbortSignal.timeout(leftMs);
  try {
    const node = await controller.commission(payload, {
      signal: AbortSignal.any([stop, timeUp]),
      policy,
      onStep,
      async onClaim(place) {
        book.apply({ type: 'claimed', place });
        if (!(await book.isSaved())) throw new MatterFailure('STORAGE_FAILED');
      },
    });
    return await takeIn(settings, node, begun);
  } catch (error) {
    if (timeUp.aborted) return { error: 'COMMISSIONING_TIMEOUT' };
    const ending = settings.failed(error);
    const isLost = ending.error === 'DEVICE_NOT_FOUND' || ending.error === 'DEVICE_UNREACHABLE';
    const known = book.memory.devices.find((device) => device.codeMark === codeMark);
    if (isLost && known !== undefined) return { error: 'ALREADY_COMMISSIONED', message: known.name };
    // Without Bluetooth a device that is in no network yet cannot be met.
    if (isLost && payload.discovery !== undefined && !payload.discovery.onNetwork)
      return { error: 'NETWORK_CREDENTIALS_REQUIRED' };
    return ending;
  } finally {
    book.apply({ type: 'pairingEnded' });
  }
}

/**
 * Finds out what came of a pairing that was cut off when this hub was stopped. While its command lives, a device that has
 * been given its place is taken in; whatever else is left of it becomes a loose end. Never throws.
 */
export async function resumePairing(
  settings: PairSettings,
  begun: HubPairing,
  { expiresAt, stop }: { expiresAt: number; stop: AbortSignal },
): Promise<Ending> {
  const { book, clock, controller } = settings;
  const { place } = begun;
  const nothing: Ending = { error: 'HUB_RESTARTED' };
  try {
    if (place === undefined) return nothing;
    let node: Omit<PairedNode, 'attestation'> | undefined;
    for (;;) {
      const time = clock.now();
      if (stop.aborted) return { error: 'CANCELLED' };
      if (time !== undefined && isExpired(expiresAt, time)) return nothing;
      if (node === undefined) {
        let isAway = false;
        node = await controller.finish(place).catch(() => {
          isAway = true;
          return undefined;
        });
        if (node === undefined && !isAway) return nothing;
      } else if (time !== undefined) {
        // What its certificate was worth was seen by the process that is gone.
        return await takeIn(settings, { ...node, attestation: 'not-verified' }, begun);
      }
      await delay(lookAgainMs, undefined, { signal: stop }).catch(() => {});
    }
  } catch (error) {
    return settings.failed(error);
  } finally {
    book.apply({ type: 'pairingEnded' });
  }
}
