import type { Logger } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import type { JournalEntry, ShadowCommand } from '../journal';
import { MatterFailure, type PairingStep } from '../matter/face';
import { readHubCommand } from './commands';
import { looseEnds } from './loose-ends';
import { unfinished } from './memory';
import { type Ending, type PairSettings, pair, resumePairing } from './pair';
import { type CommandDetail, commandReport, thingOf } from './report';

export interface HubDeskSettings extends Omit<PairSettings, 'failed'> {
  /** The hub's own thing. */
  thing: string;
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
  /** What was under way when this hub was stopped is not begun again: what it came to is found out and told. */
  recover(): void;
  /** What reports say of the command spoken of; undefined: none. */
  spoken(): JsonObject | undefined;
  say(entry: JournalEntry): void;
  stop(): Promise<void>;
}

type Taken = ShadowCommand & { expiresAt: number };

/** Carries out what is told to the hub itself: pairing, one at a time, removal, and ending a pairing. */
export function hubDesk(settings: HubDeskSettings): HubDesk {
  const { thing, book, controller, log } = settings;
  /** Ends the pairing under way. */
  let stopPairing: AbortController | undefined;
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

  const pairing = { ...settings, failed };
  const loose = looseEnds({ book, controller });

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

  /** Nothing else is paired meanwhile. */
  async function alone(does: (stop: AbortSignal) => Promise<Ending>): Promise<Ending> {
    const stop = new AbortController();
    stopPairing = stop;
    try {
      return await does(stop.signal);
    } finally {
      stopPairing = undefined;
    }
  }

  async function carryOut(command: Taken): Promise<Ending> {
    const read = readHubCommand(command);
    switch (read?.type) {
      case 'commission_with_code': {
        const { code } = read;
        const onStep = (step: PairingStep) => {
          const { id, expiresAt } = command;
          settings.report(commandReport({ id, state: 'accepted', expiresAt }, { step }));
        };
        return alone((stop) => pair(pairing, command, code, { stop, onStep }));
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
      stopPairing?.abort();
      await work;
      return end(command, {});
    }
    const isBusy = stopPairing !== undefined;
    const entry: JournalEntry = { id, state: 'accepted', expiresAt };
    enter(entry);
    const isKept = await book.isSaved();
    settings.report(commandReport(entry, {}));
    if (!isKept) return end(command, { error: 'STORAGE_FAILED' });
    if (isBusy) return end(command, { error: 'HUB_BUSY' });
    await finish(command, () => carryOut(command));
  }

  async function finish(
    command: { id: string; expiresAt: number },
    does: () => Promise<Ending>,
  ): Promise<void> {
    const before = book.memory.devices;
    const ending = await does();
    const isChanged = book.memory.devices !== before;
    // What is gone leaves the list before it is told that it is gone; what has come is told of before it speaks.
    const isGone = book.memory.devices.length < before.length;
    if (isChanged && isGone) await settings.onDevices();
    await end(command, ending);
    if (isChanged && !isGone) await settings.onDevices();
    loose.look();
  }

  /** Does it in its turn; a failure of ours is logged. */
  function start(job: () => Promise<void>, isAwaited = true): void {
    const done = job().catch((error: unknown) => {
      log.error({ err: error }, 'a command of the hub failed');
    });
    if (isAwaited) work = Promise.all([work, done]).then(() => {});
  }

  return {
    isKnown: (command) => readHubCommand(command) !== undefined,
    run(command) {
      start(() => begin(command), readHubCommand(command)?.type !== 'cancel');
    },
    recover() {
      const { pairing: begun } = book.memory;
      const entry = unfinished(book.memory, thing);
      if (entry === undefined || begun?.commandId !== entry.id) book.apply({ type: 'pairingEnded' });
      loose.look();
      if (entry === undefined) return;
      const { expiresAt } = entry;
      start(() =>
        finish(entry, async () =>
          begun?.commandId === entry.id
            ? alone((stop) => resumePairing(pairing, begun, { expiresAt, stop }))
            : { error: 'HUB_RESTARTED' },
        ),
      );
    },
    spoken() {
      const entry = book.memory.journal.find(({ id }) => id === book.memory.spokenOf[thing]);
      return entry === undefined ? undefined : commandReport(entry, details.get(entry.id) ?? {});
    },
    say(entry) {
      settings.report(commandReport(entry, details.get(entry.id) ?? {}));
    },
    async stop() {
      stopPairing?.abort();
      await work;
      await loose.stop();
    },
  };
}
