import { randomInt } from 'node:crypto';
import type { Logger } from '@/server/config/log';
import { MatterFailure, type MatterLock } from '../matter/face';
import type { HubBook } from './book';
import { addPin, changeUser, isCode, makeUser, ownName, type UserBench, usersOf } from './lock-user';

/** The PIN that this hub has made for itself on a lock that wants one for remote operations (decision 43). */
export interface OwnPin {
  /**
   * What to open the lock with, made or looked for first where needed; undefined: the lock wants none, or keeps none of
   * ours. Raises LOCK_UNREACHABLE and LOCK_RESTARTED alone.
   */
  digits(withinMs: number): Promise<string | undefined>;
  /** Makes it anew, since the lock does not know it; as `digits`. */
  remake(withinMs: number): Promise<string | undefined>;
  /** The lock was heard after a silence: what it knows may have changed. */
  look(): void;
  /** Takes it off the lock, which is about to leave; never throws. */
  leave(): Promise<void>;
}

const lookMs = 4_000;
/** Digits that happen to be somebody's. */
const tries = 3;

/** `lock`: as it is known now. */
export function ownPin({
  uuid,
  book,
  lock,
  log,
}: {
  uuid: string;
  book: HubBook;
  lock: () => MatterLock | undefined;
  log: Logger;
}): OwnPin {
  const kept = () => book.memory.devices.find((one) => one.uuid === uuid)?.ownPin;
  /** The lock has shown that it has it, since it was heard last. */
  let isSure = false;
  let under: Promise<string | undefined> | undefined;

  const isWanted = () => lock()?.reading().features.includes('pinRequired') === true;

  function benchOf(one: MatterLock, withinMs: number): UserBench {
    const endsAt = performance.now() + withinMs;
    return {
      users: one.users,
      step(call) {
        const leftMs = Math.floor(endsAt - performance.now());
        return leftMs > 0 ? call(leftMs) : Promise.reject(new MatterFailure('LOCK_UNREACHABLE'));
      },
    };
  }

  async function keep(slot: number, digits: string): Promise<boolean> {
    book.apply({ type: 'ownPin', uuid, ownPin: { slot, digits } });
    return book.isSaved();
  }

  /** Writes new digits down, then puts them into the lock. */
  async function make(one: MatterLock, bench: UserBench): Promise<string | undefined> {
    const length = one.reading().pinLimits?.maxLength;
    if (length === undefined) return undefined;
    const digits = Array.from({ length }, () => randomInt(10)).join('');
    const before = (await usersOf(bench)).find(({ isOurs, name }) => isOurs && name === ownName);
    if (before === undefined)
      await makeUser(bench, { name: ownName, digits, hours: null }, (slot) => keep(slot, digits));
    else {
      if (!(await keep(before.slot, digits))) return undefined;
      if (before.pins.length === 0) await addPin(bench, before.slot, digits);
      else await changeUser(bench, before, { name: undefined, digits, hours: null });
    }
    return digits;
  }

  async function find(withinMs: number, isNew: boolean): Promise<string | undefined> {
    const one = lock();
    if (one === undefined || !isWanted()) return undefined;
    const bench = benchOf(one, withinMs);
    const mine = kept();
    if (mine !== undefined && !isNew) {
      const { user } = await bench.step((ms) => one.users.read(mine.slot, ms));
      if (user?.isOurs === true && user.name === ownName && user.pins.length > 0) {
        isSure = true;
        return mine.digits;
      }
    }
    for (let turn = 1; ; turn += 1) {
      try {
        const made = await make(one, bench);
        isSure = made !== undefined;
        return made;
      } catch (error) {
        if (!isCode(error, 'PIN_DUPLICATE') || turn === tries) throw error;
      }
    }
  }

  /** One at a time; whoever comes meanwhile gets the same. */
  function get(withinMs: number, isNew: boolean): Promise<string | undefined> {
    if (under === undefined) {
      const begun = find(withinMs, isNew).catch((error: unknown) => {
        if (isCode(error, 'LOCK_UNREACHABLE') || isCode(error, 'LOCK_RESTARTED')) throw error;
        const code = error instanceof MatterFailure ? error.code : undefined;
        log.warn({ lock: uuid, code }, 'the lock takes no PIN of the hub');
        return undefined;
      });
      under = begun;
      const over = () => {
        under = undefined;
      };
      begun.then(over, over);
    }
    return under;
  }

  return {
    async digits(withinMs) {
      if (!isWanted()) return undefined;
      const mine = kept();
      return isSure && mine !== undefined ? mine.digits : get(withinMs, false);
    },
    async remake(withinMs) {
      isSure = false;
      await under?.catch(() => {});
      return get(withinMs, true);
    },
    look() {
      isSure = false;
      if (isWanted()) get(lookMs, false).catch(() => {});
    },
    async leave() {
      const mine = kept();
      const one = lock();
      if (mine === undefined || one === undefined) return;
      const bench = benchOf(one, lookMs);
      try {
        const { user } = await bench.step((ms) => one.users.read(mine.slot, ms));
        if (user?.isOurs === true && user.name === ownName)
          await bench.step((ms) => one.users.clear(mine.slot, ms));
        book.apply({ type: 'ownPin', uuid });
      } catch {
        // A lock that is silent keeps it; no more than a place is lost.
      }
    },
  };
}
