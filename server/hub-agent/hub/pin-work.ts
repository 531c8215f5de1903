import { readSealedPin } from '@/server/domain/hub/sealed-pin';
import type { Json } from '@/server/domain/json';
import { MatterFailure, type MatterLock } from '../matter/face';
import type { ServiceClock } from '../service-clock';
import type { HubBook } from './book';
import { changeUser, makeUser, ownName, shortName, sweep, tagOf, type UserBench } from './lock-user';
import type { PinTry } from './memory';
import type { PinCommand } from './pin-command';
import type { PinKey } from './pin-key';

/** How a PIN command ended. */
export type PinEnding =
  | {
      state: 'succeeded';
      slot: number;
      /** What is done when the end is written and told; never throws. */
      afterwards?: () => Promise<void>;
    }
  | { state: 'failed'; error: string };

export const failed = (error: string): PinEnding => ({ state: 'failed', error });

interface PinWork {
  uuid: string;
  thing: string;
  book: HubBook;
  clock: ServiceClock;
  pinKey: PinKey;
  lock: MatterLock;
  bench: UserBench;
}

/** What was begun and did not end well is taken back within this, for each call. */
const undoMs = 3_000;

/** Carries out a `set_pin`. Raises what the lock answers; what was begun then stands in the memory until `undoTry`. */
export async function setPin(
  { uuid, thing, book, clock, pinKey, lock, bench }: PinWork,
  commandId: string,
  { slot, pin, hours, zone, ...given }: PinCommand & { type: 'set_pin' },
): Promise<PinEnding> {
  const { pinLimits: limits, features } = lock.reading();
  if (limits === undefined) return failed('UNSUPPORTED_COMMAND');

  function unseal(sealed: Json): string {
    const read = readSealedPin(sealed);
    const digits = read === undefined ? undefined : pinKey.open(read, thing, commandId);
    if (digits === undefined) throw new MatterFailure('PIN_UNREADABLE');
    return digits;
  }

  const digits = pin === undefined ? undefined : unseal(pin);
  const length = digits?.length ?? limits.minLength;
  if (length < limits.minLength || length > limits.maxLength) return failed('PIN_LENGTH');
  if (hours !== null && !features.includes('pinSchedule')) return failed('SCHEDULE_UNSUPPORTED');
  if (zone !== undefined) {
    book.apply({ type: 'zoned', uuid, zone });
    await bench.step((withinMs) => lock.users.setClock({ at: clock.guess(), zone }, withinMs));
  }
  const name = given.name === undefined ? undefined : shortName(given.name);
  if (slot !== undefined) {
    const { user } = await bench.step((withinMs) => lock.users.read(slot, withinMs));
    if (user?.isOurs !== true || user.name === ownName) return failed('LOCK_REFUSED');
    await changeUser(bench, user, { name, digits, hours });
    return { state: 'succeeded', slot };
  }
  if (digits === undefined) return failed('UNSUPPORTED_COMMAND');
  await sweep(bench);
  const made = await makeUser(bench, { name: tagOf(commandId), digits, hours }, async (begun) => {
    book.apply({ type: 'pinBegun', uuid, id: commandId, slot: begun });
    return book.isSaved();
  });
  // Until the end is written it bears its tag, so that a restart knows it; without its name it works as well.
  const rename = async () => {
    if (name === undefined) return;
    const change = { name, hours: hours?.kind ?? null };
    await bench.step((withinMs) => lock.users.change(made, change, withinMs)).catch(() => {});
  };
  return { state: 'succeeded', slot: made, afterwards: rename };
}

/** Carries out a `clear_pin`. Raises what the lock answers. */
export async function clearPin({ lock, bench }: PinWork, slot: number): Promise<PinEnding> {
  if (lock.reading().pinLimits === undefined) return failed('UNSUPPORTED_COMMAND');
  const { user } = await bench.step((withinMs) => lock.users.read(slot, withinMs));
  // Nobody closes the hub's own way in.
  if (user?.isOurs === true && user.name === ownName) return failed('LOCK_REFUSED');
  // One of somebody else's is no longer the one that was meant: that is gone.
  if (user?.isOurs === true) await bench.step((withinMs) => lock.users.clear(slot, withinMs));
  return { state: 'succeeded', slot };
}

/** Takes the user of a try off the lock. False: the lock did not answer, and the try stays written. */
export async function undoTry(book: HubBook, lock: MatterLock, { id, slot }: PinTry): Promise<boolean> {
  try {
    const { user } = await lock.users.read(slot, undoMs);
    if (user?.isOurs === true && user.name === tagOf(id)) await lock.users.clear(slot, undoMs);
  } catch {
    return false;
  }
  book.apply({ type: 'pinSettled', id });
  await book.isSaved();
  return true;
}
