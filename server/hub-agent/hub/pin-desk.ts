import type { Logger } from '@/server/config/log';
import type { JsonObject } from '@/server/domain/json';
import { isExpired, type JournalEntry, readShadowCommand, type ShadowCommand } from '../journal';
import { MatterFailure, type MatterLock } from '../matter/face';
import type { ServiceClock } from '../service-clock';
import type { HubBook } from './book';
import { tagOf, type UserBench } from './lock-user';
import { unfinished } from './memory';
import { readPinCommand } from './pin-command';
import type { PinKey } from './pin-key';
import { clearPin, failed, type PinEnding, setPin, undoTry } from './pin-work';
import { commandTaker } from './take-command';

export interface PinDeskSettings {
  uuid: string;
  thing: string;
  book: HubBook;
  clock: ServiceClock;
  pinKey: PinKey;
  log: Logger;
  /** The lock as it is known now; undefined: Matter knows it not. */
  lock: () => MatterLock | undefined;
  /** Resolves when no operation of the lock is under way. */
  quiet: () => Promise<unknown>;
  /** There is something to report. */
  report: () => void;
  /** The lock did not answer. */
  onSilence: () => void;
  /** Reads the shadow again. */
  refresh: () => void;
}

/** The PIN commands of one lock: in a lane of their own, behind its operations. */
export interface PinDesk {
  /** As the shadow link tells it. */
  onDelta(delta: JsonObject, desired?: JsonObject): void;
  onTime(): void;
  /** The command that reports speak of. */
  readonly spoken: JournalEntry | undefined;
  /** The lock was heard after a silence: what was left half done is looked after. */
  look(): void;
  close(): Promise<void>;
}

type Taken = ShadowCommand & { expiresAt: number };
/** One call to the lock is given up after this. */
const stepMostMs = 5_000;
/** How long a lock is listened for after a restart to learn what came of a command, at least and at most. */
const giveUpMs = [6_000, 180_000] as const;
/** The command has run out while the lock was busy or slow. */
const ranOut = 'COMMAND_EXPIRED';
/** A lock whose PINs have hours is told the time this often. */
const dayMs = 86_400_000;

/** Where the memory keeps the PIN commands of a lock. */
export const pinLaneOf = (thing: string): string => `${thing}/pin`;

export function pinDesk(settings: PinDeskSettings): PinDesk {
  const { uuid, thing, book, clock, pinKey, log } = settings;
  const lane = pinLaneOf(thing);
  /** What was under way when this hub was stopped; it is never tried again. */
  let left = unfinished(book.memory, lane);
  let work: Promise<void> = Promise.resolve();
  let hasEnded = false;

  const spoken = () => book.memory.journal.find((entry) => entry.id === book.memory.spokenOf[lane]);
  const triesHere = () => book.memory.pinTries.filter((one) => one.uuid === uuid);
  const zoneHere = () => book.memory.devices.find((one) => one.uuid === uuid)?.zone;
  /** When the lock was told the time. */
  let clockSetAt = 0;
  const enter = (entry: JournalEntry) => book.apply({ type: 'entered', thing: lane, entry });

  function enqueue(job: () => Promise<void>): Promise<void> {
    work = work.then(job).catch((error: unknown) => {
      // Never the error itself: it may hold what was sent.
      log.error(
        { thing, code: error instanceof MatterFailure ? error.code : undefined },
        'a PIN command failed',
      );
    });
    return work;
  }

  async function end({ id, expiresAt }: Pick<Taken, 'id' | 'expiresAt'>, ending: PinEnding): Promise<void> {
    const { state } = ending;
    // In one with the end of the command: a restart in between finds both or neither.
    if (state === 'succeeded') book.apply({ type: 'pinSettled', id });
    enter(state === 'succeeded' ? { id, expiresAt, state, slot: ending.slot } : { id, expiresAt, ...ending });
    await book.isSaved();
    settings.report();
    if (state === 'succeeded') await ending.afterwards?.();
  }

  /** Each call waits for the lock's operations, and none is made of a command that has run out. */
  const benchOf = (lock: MatterLock, expiresAt: number): UserBench => ({
    users: lock.users,
    async step(call) {
      await settings.quiet();
      const time = clock.now();
      const withinMs = Math.floor(Math.min(stepMostMs, expiresAt - (time?.latest ?? expiresAt)));
      if (withinMs <= 0 || hasEnded) throw new MatterFailure(ranOut);
      return call(withinMs);
    },
  });

  async function carryOut(command: Taken): Promise<PinEnding | 'expired'> {
    const read = readPinCommand(command);
    if (read === undefined) return failed('UNSUPPORTED_COMMAND');
    const time = clock.now();
    if (time === undefined) return failed('CLOCK_UNSURE');
    if (isExpired(command.expiresAt, time)) return 'expired';
    const lock = settings.lock();
    if (lock === undefined) return failed('LOCK_UNREACHABLE');
    try {
      const given = { uuid, thing, book, clock, pinKey, lock, bench: benchOf(lock, command.expiresAt) };
      if (read.type === 'set_pin') {
        const ending = await setPin(given, command.id, read);
        if (read.zone !== undefined) clockSetAt = time.latest;
        return ending;
      }
      return await clearPin(given, read.slot);
    } catch (error) {
      const code = error instanceof MatterFailure ? error.code : 'LOCK_REFUSED';
      const isSilent = code === 'LOCK_UNREACHABLE' || code === 'LOCK_RESTARTED';
      const begun = triesHere().find(({ id }) => id === command.id);
      if (isSilent) settings.onSilence();
      else if (begun !== undefined) await undoTry(book, lock, begun);
      return failed(isSilent || code === ranOut ? 'LOCK_UNREACHABLE' : code);
    }
  }

  function run(command: Taken): void {
    const { id, expiresAt } = command;
    const read = readPinCommand(command);
    const taken: JournalEntry = {
      id,
      state: 'accepted',
      expiresAt,
      ...(read === undefined ? {} : { wanted: read.type }),
      ...(read?.slot === undefined ? {} : { slot: read.slot }),
    };
    enter(taken);
    // On the disk before anything is sent: a restart in between does not send it again.
    const saved = book.isSaved();
    settings.report();
    void enqueue(async () => {
      await settings.quiet();
      const ending = (await saved) ? await carryOut(command) : failed('STORAGE_FAILED');
      if (ending === 'expired') {
        enter({ id, state: 'expired', expiresAt });
        await book.isSaved();
        settings.report();
      } else if (ending.state === 'succeeded' || !hasEnded) await end(command, ending);
      // Else this hub is stopping: what came of it is found out at its next start.
    });
  }

  /** How the lock stands tells what came of a command that a restart cut off. */
  async function recover(lock: MatterLock, entry: JournalEntry): Promise<void> {
    const begun = triesHere().find(({ id }) => id === entry.id);
    const slot = begun?.slot ?? entry.slot;
    if (slot !== undefined && (begun !== undefined || entry.wanted === 'clear_pin')) {
      const { user } = await lock.users.read(slot, stepMostMs);
      const isMeant = user?.isOurs === true;
      const isWhole = begun !== undefined && isMeant && user.name === tagOf(entry.id) && user.pins.length > 0;
      const isGone = begun === undefined && !isMeant;
      if (isWhole || isGone) return end(entry, { state: 'succeeded', slot });
    }
    await end(entry, failed('HUB_RESTARTED'));
  }

  /** A lock that is silent meanwhile is looked after when it is heard again. */
  async function lookAfter(): Promise<void> {
    const lock = settings.lock();
    if (lock === undefined || hasEnded) return;
    if (left !== undefined) {
      const entry = left;
      try {
        await recover(lock, entry);
        left = undefined;
      } catch {
        return;
      }
    }
    for (const one of triesHere()) if (!(await undoTry(book, lock, one))) return;
    const zone = zoneHere();
    const at = clock.now()?.latest;
    if (zone === undefined || at === undefined || at - clockSetAt < dayMs) return;
    try {
      await lock.users.setClock({ at, zone }, stepMostMs);
      clockSetAt = at;
    } catch {
      // It is tried again when the lock is next heard.
    }
  }

  const taker = commandTaker({
    thing: lane,
    place: 'pin',
    book,
    clock,
    isKnown: (command) => readPinCommand(command) !== undefined,
    run,
    say: settings.report,
    refresh: settings.refresh,
  });

  // A lock that is not heard before the command has run out tells nothing of it any more.
  const leftMs = left === undefined ? 0 : Math.max(giveUpMs[0], left.expiresAt - clock.guess());
  const givingUp = setTimeout(
    () =>
      void enqueue(async () => {
        const entry = left;
        left = undefined;
        if (entry !== undefined) await end(entry, failed('HUB_RESTARTED'));
      }),
    Math.min(giveUpMs[1], leftMs),
  );
  const daily = setInterval(() => void enqueue(lookAfter), dayMs / 4);
  daily.unref();

  return {
    onDelta(delta, desired) {
      // A difference leaves out a slot that an older report of ours happens to name: only the whole command is judged.
      if (desired !== undefined) taker.onDelta(desired);
      else if (readShadowCommand(delta, 'pin') === undefined) taker.onDelta(delta);
      else if (readShadowCommand(delta, 'pin')?.id !== book.memory.spokenOf[lane]) settings.refresh();
    },
    onTime: taker.onTime,
    get spoken() {
      return spoken();
    },
    look() {
      if (left !== undefined || triesHere().length > 0 || zoneHere() !== undefined) void enqueue(lookAfter);
    },
    async close() {
      hasEnded = true;
      clearInterval(daily);
      clearTimeout(givingUp);
      await work;
    },
  };
}
