import { randomUUID } from 'node:crypto';
import type { Logger } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import type { JournalEntry, ShadowCommand } from '../journal';
import {
  type AttestationPolicy,
  type MatterController,
  MatterFailure,
  type PairedNode,
  type PairingStep,
} from '../matter/face';
import type { ServiceClock } from '../service-clock';
import type { HubBook } from './book';
import { readHubCommand, readPairingCode } from './commands';
import { type HubDevice, isSameHardware, unfinished } from './memory';
import { type CommandDetail, commandReport, thingOf } from './report';

export interface HubDeskSettings {
  /** The hub's own thing. */
  thing: string;
  book: HubBook;
  clock: ServiceClock;
  controller: MatterController;
  policy: AttestationPolicy;
  /** What a code comes to under this hub's own key. */
  markOf: (code: string) => string;
  /** Whether the cloud lets this hub speak for the device. */
  isRefused: (uuid: string) => boolean;
  /** Nothing is said of a lock while it is being taken off. */
  hush: (uuid: string, isHushed: boolean) => void;
  /** Sends the hub's report; `command` is what it says of a command. */
  report: (command: JsonObject) => void;
  /** A device is about to be taken off. */
  onLeave: (uuid: string) => Promise<void>;
  /** The list of devices has changed. */
  onDevices: () => Promise<void>;
  log: Logger;
}

export interface HubDesk {
  isKnown(command: ShadowCommand): boolean;
  run(command: ShadowCommand & { expiresAt: number }): void;
  /** What was under way when this hub was stopped is never tried again: what it came to is found out and told. */
  recover(): Promise<void>;
  /** What reports say of the command spoken of; undefined: none. */
  spoken(): JsonObject | undefined;
  say(entry: JournalEntry): void;
  stop(): Promise<void>;
}

type Taken = ShadowCommand & { expiresAt: number };
/** How a command ended, with what is told beside it. */
type Ending = { error?: string } & CommandDetail;

const aliveMs = 2_000;

/** Carries out what is told to the hub itself: pairing, one at a time, removal, and ending a pairing. */
export function hubDesk(settings: HubDeskSettings): HubDesk {
  const { thing, book, clock, controller, log } = settings;
  let pairing: { id: string; stop: AbortController } | undefined;
  /** Of commands that have ended while this process runs, what was told beside the result. */
  const details = new Map<string, CommandDetail>();
  let work: Promise<void> = Promise.resolve();

  const enter = (entry: JournalEntry) => book.apply({ type: 'entered', thing, entry });

  async function end({ id, expiresAt }: { id: string; expiresAt: number }, ending: Ending): Promise<void> {
    const { error, ...detail } = ending;
    const state = error === undefined ? 'succeeded' : 'failed';
    const entry: JournalEntry = { id, state, expiresAt, ...(error === undefined ? {} : { error }) };
    enter(entry);
    details.set(id, detail);
    await book.isSaved();
    settings.report(commandReport(entry, detail));
  }

  const failed = (error: unknown): Ending => {
    if (!(error instanceof MatterFailure)) {
      log.error({ err: error }, 'a command of the hub failed');
      return { error: 'HUB_FAILED' };
    }
    return error.message === error.code
      ? { error: error.code }
      : { error: error.code, message: error.message };
  };

  /** The device of this code, if it is on this hub and answers: a factory-new one would not. */
  async function alreadyHere(codeMark: string): Promise<HubDevice | undefined> {
    const known = book.memory.devices.find((device) => device.codeMark === codeMark);
    const node = controller.nodes().find(({ nodeId }) => nodeId === known?.nodeId);
    if (known === undefined || node?.lock === undefined) return undefined;
    const answer = await node.lock.ask(aliveMs).catch(() => undefined);
    return answer === undefined ? undefined : known;
  }

  /** Takes a paired node into the memory, in the place that the same piece of hardware had before. */
  async function takeIn(
    node: Pick<PairedNode, 'nodeId' | 'identity' | 'lock'>,
    attestation: string,
    begun: { uuid: string; codeMark: string },
  ): Promise<HubDevice> {
    const { nodeId, identity, lock } = node;
    const told = { ...identity, nodeId, endpoint: lock?.endpoint ?? null, attestation };
    const before = book.memory.devices.find((device) => isSameHardware(device, told));
    // A lock that the cloud gave up comes back as another one.
    const isSame = before !== undefined && !settings.isRefused(before.uuid);
    const device: HubDevice = { ...told, uuid: isSame ? before.uuid : begun.uuid, codeMark: begun.codeMark };
    if (before !== undefined) {
      if (before.nodeId !== nodeId) await controller.remove(before.nodeId, { force: true }).catch(() => {});
      book.apply({ type: 'removed', uuid: before.uuid });
    }
    book.apply({ type: 'paired', device });
    book.apply({ type: 'pairingEnded' });
    return device;
  }

  async function pair(command: Taken, code: string, stop: AbortSignal): Promise<Ending> {
    const read = readPairingCode(code);
    if (!read.ok) return { error: read.error, message: read.message };
    const { payload } = read;
    // Of both forms of a code the same comes out.
    const codeMark = settings.markOf(`${payload.passcode}/${payload.shortDiscriminator}`);
    const here = await alreadyHere(codeMark);
    if (here !== undefined) return { error: 'ALREADY_COMMISSIONED', message: here.name };
    const uuid = randomUUID();
    book.apply({ type: 'pairingBegun', commandId: command.id, uuid, codeMark });
    if (!(await book.isSaved())) return { error: 'STORAGE_FAILED' };
    const time = clock.now();
    const leftMs = Math.max(0, Math.floor(command.expiresAt - (time?.latest ?? clock.guess())));
    const timeUp = AbortSignal.timeout(leftMs);
    const step = (now: PairingStep) =>
      settings.report(
        commandReport({ id: command.id, state: 'accepted', expiresAt: command.expiresAt }, { step: now }),
      );
    try {
      const node = await controller.commission(payload, {
        signal: AbortSignal.any([stop, timeUp]),
        policy: settings.policy,
        onStep: step,
      });
      const { identity } = node;
      const isOther =
        (payload.vendorId !== undefined && payload.vendorId !== identity.vendorId) ||
        (payload.productId !== undefined && payload.productId !== identity.productId);
      if (isOther) {
        await controller.remove(node.nodeId, { force: false });
        return { error: 'DEVICE_MISMATCH', message: 'The device is not of the make that its code names.' };
      }
      return { step: 'subscribing', device: await takeIn(node, node.attestation, { uuid, codeMark }) };
    } catch (error) {
      if (timeUp.aborted) return { error: 'COMMISSIONING_TIMEOUT' };
      const ending = failed(error);
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

  async function remove(lockId: string, force: boolean): Promise<Ending> {
    const device = book.memory.devices.find((one) => one.uuid === lockId || thingOf(one) === lockId);
    if (device === undefined) return { error: 'UNKNOWN_LOCK', message: 'This hub has no such lock.' };
    settings.hush(device.uuid, true);
    try {
      if (!force) await settings.onLeave(device.uuid);
      await controller.remove(device.nodeId, { force });
    } catch (error) {
      settings.hush(device.uuid, false);
      return failed(error);
    }
    book.apply({ type: 'removed', uuid: device.uuid });
    return {};
  }

  async function carryOut(command: Taken): Promise<Ending> {
    const read = readHubCommand(command);
    switch (read?.type) {
      case 'commission_with_code': {
        const stop = new AbortController();
        pairing = { id: command.id, stop };
        try {
          return await pair(command, read.code, stop.signal);
        } catch (error) {
          return failed(error);
        } finally {
          pairing = undefined;
        }
      }
      case 'remove_lock':
        return remove(read.lockId, read.force);
      case 'get_nodes':
      case 'server_info':
        // The answer is the rest of the report.
        return {};
      default:
        return { error: 'UNSUPPORTED_COMMAND' };
    }
  }

  async function begin(command: Taken): Promise<void> {
    const { id, expiresAt } = command;
    const isCancel = readHubCommand(command)?.type === 'cancel';
    if (isCancel) {
      pairing?.stop.abort();
      await work;
      return end(command, {});
    }
    const isBusy = pairing !== undefined;
    const entry: JournalEntry = { id, state: 'accepted', expiresAt };
    enter(entry);
    const isKept = await book.isSaved();
    settings.report(commandReport(entry, {}));
    if (!isKept) return end(command, { error: 'STORAGE_FAILED' });
    if (isBusy) return end(command, { error: 'HUB_BUSY' });
    const before = book.memory.devices;
    const ending = await carryOut(command);
    const isChanged = book.memory.devices !== before;
    // What is gone leaves the list before it is told that it is gone; what has come is told of before it speaks.
    const isGone = book.memory.devices.length < before.length;
    if (isChanged && isGone) await settings.onDevices();
    await end(command, ending);
    if (isChanged && !isGone) await settings.onDevices();
  }

  return {
    isKnown: (command) => readHubCommand(command) !== undefined,
    run(command) {
      const done = begin(command).catch((error: unknown) => {
        log.error({ err: error }, 'a command of the hub failed');
      });
      if (readHubCommand(command)?.type !== 'cancel') work = Promise.all([work, done]).then(() => {});
    },
    async recover() {
      const { pairing: begun } = book.memory;
      const entry = unfinished(book.memory, thing);
      const strays = controller
        .nodes()
        .filter(({ nodeId }) => !book.memory.devices.some((device) => device.nodeId === nodeId));
      const [stray] = strays;
      if (entry !== undefined && begun?.commandId === entry.id && stray !== undefined) {
        await end(entry, { device: await takeIn(stray, 'not-verified', begun) });
        return;
      }
      book.apply({ type: 'pairingEnded' });
      if (entry !== undefined) await end(entry, { error: 'HUB_RESTARTED' });
    },
    spoken() {
      const entry = book.memory.journal.find(({ id }) => id === book.memory.spokenOf[thing]);
      return entry === undefined ? undefined : commandReport(entry, details.get(entry.id) ?? {});
    },
    say(entry) {
      settings.report(commandReport(entry, details.get(entry.id) ?? {}));
    },
    async stop() {
      pairing?.stop.abort();
      await work;
    },
  };
}
