import type { Logger } from '@/server/config/log';
import { readSealedPin } from '@/server/domain/hub/sealed-pin';
import type { SharedConnection } from '@/server/mqtt/client';
import { isExpired, type JournalEntry, type ShadowCommand } from '../journal';
import { type LockNews, type LockReading, MatterFailure, type MatterLock } from '../matter/face';
import type { ServiceClock } from '../service-clock';
import { shadowLink } from '../shadow-link';
import type { HubBook } from './book';
import { readLockCommand } from './commands';
import { speakFor } from './gateway';
import { keepAsking } from './keep-asking';
import { unfinished } from './memory';
import { isSilence, type Outcome } from './operate';
import { operateWithPin } from './operate-with-pin';
import { ownPin } from './own-pin';
import { pinDesk } from './pin-desk';
import type { PinKey } from './pin-key';
import { lockReport, thingOf } from './report';
import { commandTaker } from './take-command';

export interface DeskSettings {
  book: HubBook;
  clock: ServiceClock;
  connection: SharedConnection;
  pinKey: PinKey;
  log: Logger;
  /** Whether the lock can be reached has changed. */
  onReach: () => void;
}

/** One lock between its shadow and Matter. */
export interface LockDesk {
  readonly thing: string;
  readonly isReachable: boolean;
  /** The cloud does not let this hub speak for it. */
  readonly isRefused: boolean;
  /** Its node has come or gone, or is another one now; undefined: Matter knows it no more. */
  attach(lock: MatterLock | undefined): void;
  /** Says nothing more of it: it is being taken off, and the cloud may have done so already. */
  hush(isHushed: boolean): void;
  /** The lock is about to leave this hub: what the hub has on it for itself is taken off. Never throws. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** An invoke is given up after this; the page has been told long before its own eight seconds are over. */
const operateMostMs = 5_000;
/** A lock that was not heard within this time of the start counts as away. */
const firstWordMs = 6_000;
/** Changes that belong together are told together. */
const gatherMs = 15;
/** Within this the end of a quick operation is known; its beginning then needs no report of its own. */
const quickMs = 60;
const answerMs = 5_000;

/** Opens the desk of a lock: its shadow is read as soon as the cloud lets this hub speak for it. */
export function lockDesk(settings: DeskSettings, uuid: string): LockDesk {
  const { book, clock, pinKey, log } = settings;
  const thing = thingOf({ uuid, endpoint: 0 });
  let lock: MatterLock | undefined;
  let offNews = () => {};
  let reading: LockReading | undefined;
  let isThere = false;
  let alarm: string | undefined;
  let isSettled = false;
  let running = 0;
  let hasEnded = false;
  let isHushed = false;
  let gatherTimer: NodeJS.Timeout | undefined;
  /** Operations of this lock, one after the other. */
  let work: Promise<void> = Promise.resolve();

  function report(): void {
    clearTimeout(gatherTimer);
    gatherTimer = undefined;
    const device = book.memory.devices.find((one) => one.uuid === uuid);
    // Before it was heard nothing is known, and an old word must not be repeated as a new one.
    if (device === undefined || !isSettled || hasEnded || isHushed) return;
    const spoken = book.memory.journal.find((entry) => entry.id === book.memory.spokenOf[thing]);
    const spokenPin = pins.spoken;
    link.report(lockReport(device, { reading, isReachable: isThere, alarm, spoken, spokenPin }));
  }
  const reportSoon = () => {
    gatherTimer ??= setTimeout(report, running > 0 ? quickMs : gatherMs);
  };

  function reached(isNow: boolean): void {
    if (isNow && lock !== undefined) reading = lock.reading();
    const isNews = !isSettled || isThere !== isNow;
    if (isNow && isNews) own.look();
    isThere = isNow;
    isSettled = true;
    if (!isNews) return;
    settings.onReach();
    report();
  }

  function onNews(news: LockNews): void {
    if (lock === undefined) return;
    const wantedPin = reading?.features.includes('pinRequired') === true;
    reading = lock.reading();
    if (!wantedPin && reading.features.includes('pinRequired')) own.look();
    if (news.type === 'changed' && alarm === 'LOCK_JAMMED' && reading.lockState !== 'NOT_FULLY_LOCKED')
      alarm = undefined;
    if (news.type === 'alarm') alarm = news.alarm;
    if (news.type === 'operated') {
      alarm = undefined;
      const { type, operation, source, slot } = news;
      book.apply({ type, uuid, operation, source, ...(slot === undefined ? {} : { slot }) });
      void book.isSaved();
    }
    if (news.type !== 'refused') reportSoon();
  }

  /** An earlier sign than the end of the subscription (matter-hub 6). */
  function silent(): void {
    isThere = false;
    settings.onReach();
    asking.soon();
  }

  /** What was under way when this hub was stopped is never tried again; how the lock stands tells what came of it. */
  function recover(): void {
    const entry = running === 0 ? unfinished(book.memory, thing) : undefined;
    if (entry === undefined) return;
    const { wanted, error: _, ...rest } = entry;
    const isDone =
      isThere &&
      (wanted === 'lock'
        ? reading?.lockState === 'LOCKED'
        : reading?.lockState === 'UNLOCKED' || reading?.lockState === 'UNLATCHED');
    void end(isDone ? { ...rest, state: 'succeeded' } : { ...rest, state: 'failed', error: 'HUB_RESTARTED' });
  }

  async function end(entry: JournalEntry): Promise<void> {
    book.apply({ type: 'entered', thing, entry });
    await book.isSaved();
    report();
  }

  async function carryOut(command: ShadowCommand & { expiresAt: number }): Promise<Outcome | 'expired'> {
    const read = readLockCommand(command);
    if (read === undefined) return { state: 'failed', error: 'UNSUPPORTED_COMMAND' };
    const time = clock.now();
    if (time === undefined) return { state: 'failed', error: 'CLOCK_UNSURE' };
    if (isExpired(command.expiresAt, time)) return 'expired';
    if (lock === undefined) return { state: 'failed', error: 'LOCK_UNREACHABLE' };
    let pin: string | undefined;
    if (read.pin !== undefined && read.pin !== null) {
      const sealed = readSealedPin(read.pin);
      pin = sealed === undefined ? undefined : pinKey.open(sealed, thing, command.id);
      if (pin === undefined) return { state: 'failed', error: 'PIN_UNREADABLE' };
    }
    const withinMs = Math.floor(Math.min(operateMostMs, command.expiresAt - time.latest));
    const outcome = await operateWithPin(lock, read.operation, {
      own,
      withinMs,
      ...(pin !== undefined && { pin }),
    });
    reading = lock.reading();
    if (isSilence(outcome)) silent();
    else isThere = true;
    isSettled = true;
    return outcome;
  }

  async function run(command: ShadowCommand & { expiresAt: number }): Promise<void> {
    const { id, expiresAt } = command;
    const wanted = readLockCommand(command)?.operation;
    const taken: JournalEntry = { id, state: 'accepted', expiresAt, ...(wanted && { wanted }) };
    book.apply({ type: 'entered', thing, entry: taken });
    // On the disk before anything may move: a restart in between does not move it again.
    const saved = book.isSaved();
    running += 1;
    reportSoon();
    work = work.then(async () => {
      const outcome: Outcome | 'expired' = (await saved)
        ? await carryOut(command)
        : { state: 'failed', error: 'STORAGE_FAILED' };
      running -= 1;
      await end(outcome === 'expired' ? { id, state: 'expired', expiresAt } : { id, expiresAt, ...outcome });
    });
    await work.catch((error: unknown) => {
      log.error(
        { thing, code: error instanceof MatterFailure ? error.code : undefined },
        'an operation failed',
      );
    });
  }

  const current = () => lock;
  const own = ownPin({ uuid, book, lock: current, log });
  const asking = keepAsking({
    lock: current,
    onAnswer(isHeard) {
      reached(isHeard);
      recover();
      if (isHeard) pins.look();
    },
  });
  const pins = pinDesk({
    ...{ uuid, thing, book, clock, pinKey, log },
    lock: current,
    quiet: () => work.catch(() => {}),
    report: reportSoon,
    onSilence: silent,
    refresh: () => link.refresh(),
  });
  const taker = commandTaker({
    thing,
    book,
    clock,
    isKnown: (command) => readLockCommand(command) !== undefined,
    run: (command) => void run(command),
    say: () => {
      isSettled = true;
      report();
    },
    refresh: () => link.refresh(),
  });
  const spokesman = speakFor(settings.connection);
  const link = shadowLink(
    { thing, connect: () => spokesman, isSharing: true, clock, answerMs, log },
    {
      onSynced(delta, desired) {
        report();
        taker.onDelta(delta);
        pins.onDelta(delta, desired);
      },
      onDelta(delta, desired) {
        taker.onDelta(delta);
        pins.onDelta(delta, desired);
      },
      onTime() {
        taker.onTime();
        pins.onTime();
      },
      onConnection() {},
    },
  );
  const firstWord = setTimeout(() => {
    if (!isSettled) reached(false);
    recover();
  }, firstWordMs);
  link.open();

  return {
    thing,
    get isReachable() {
      return isThere;
    },
    get isRefused() {
      return spokesman.isRefused;
    },
    attach(next) {
      if (next !== undefined && next === lock) return asking.now();
      offNews();
      lock = next;
      if (next === undefined) reached(false);
      else {
        offNews = next.on(onNews);
        asking.now();
      }
    },
    hush(next) {
      isHushed = next;
      if (!next) report();
    },
    // A lock that is silent is not waited for.
    leave: async () => (isThere ? own.leave() : undefined),
    async close() {
      hasEnded = true;
      for (const timer of [gatherTimer, firstWord]) clearTimeout(timer);
      asking.stop();
      offNews();
      await work;
      await pins.close();
      await link.close();
    },
  };
}
