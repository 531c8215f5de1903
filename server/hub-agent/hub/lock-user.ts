import { createHash } from 'node:crypto';
import { type LockHours, type LockUser, type LockUsers, MatterFailure } from '../matter/face';

/** The users of a lock, asked and changed one step after the other. */
export interface UserBench {
  users: LockUsers;
  /** Gives a call its turn, and the time after which nothing of it may be sent. */
  step<Result>(call: (withinMs: number) => Promise<Result>): Promise<Result>;
}

/** What a user is made of. */
export interface NewUser {
  name: string;
  digits: string;
  hours: LockHours | null;
}

/** The longest name of a user, in bytes of UTF-8. */
const nameBytes = 10;
/** The name of the hub's own user, as apps of others show it. */
export const ownName = 'Latchkey';
const tagPattern = /^lk[a-z2-7]{8}$/;
const letters = 'abcdefghijklmnopqrstuvwxyz234567';
/** Others may take what was free a moment before. */
const tries = 4;

/** The name of a user while it is made: who finds it knows which command began it. */
export const tagOf = (commandId: string): string => {
  const digest = createHash('sha256').update(commandId).digest();
  return `lk${[...digest.subarray(0, 8)].map((byte) => letters[byte & 31]).join('')}`;
};

/** As much of a name as a lock keeps; undefined: nothing of it. */
export function shortName(name: string): string | undefined {
  let short = '';
  for (const character of name.trim()) {
    if (Buffer.byteLength(short + character) > nameBytes) break;
    short += character;
  }
  short = short.trim();
  // Nobody shall take it for one that is being made, or for the hub's own.
  return short === '' || short === ownName || tagPattern.test(short) ? undefined : short;
}

/** Whether an error is a failure of this name. */
export const isCode = (error: unknown, code: string): boolean =>
  error instanceof MatterFailure && error.code === code;

/** Everybody in a lock. */
export async function usersOf({ users, step }: UserBench): Promise<LockUser[]> {
  const found: LockUser[] = [];
  let slot: number | undefined = 1;
  while (slot !== undefined && slot <= users.most.users) {
    const at: number = slot;
    const { user, next } = await step((withinMs) => users.read(at, withinMs));
    if (user !== undefined) found.push(user);
    slot = next !== undefined && next > at ? next : undefined;
  }
  return found;
}

const pinsOf = (found: readonly LockUser[]): number[] => found.flatMap(({ pins }) => [...pins]);

const firstFree = (most: number, taken: readonly number[]): number | undefined => {
  for (let index = 1; index <= most; index += 1) if (!taken.includes(index)) return index;
  return undefined;
};

/**
 * Gives a user its first PIN, at the first free place for one. Raises what the lock answers, PIN_DUPLICATE and
 * PIN_SLOTS_FULL among it.
 */
export async function addPin(bench: UserBench, slot: number, digits: string): Promise<void> {
  const { users, step } = bench;
  const taken = pinsOf(await usersOf(bench));
  for (;;) {
    const index = firstFree(users.most.pins, taken);
    if (index === undefined) throw new MatterFailure('PIN_SLOTS_FULL');
    taken.push(index);
    if (!(await step((withinMs) => users.isPinFree(index, withinMs)))) continue;
    try {
      await step((withinMs) => users.setPin(slot, { index, digits, isNew: true }, withinMs));
      return;
    } catch (error) {
      if (!isCode(error, 'SLOT_TAKEN')) throw error;
    }
  }
}

/**
 * Removes what makings left behind that nobody remembers: users of ours, still under a tag, without a PIN. Only for one who
 * knows that none is being made.
 */
export async function sweep(bench: UserBench): Promise<void> {
  for (const { slot, isOurs, name, pins } of await usersOf(bench)) {
    if (isOurs && pins.length === 0 && tagPattern.test(name))
      await bench.step((withinMs) => bench.users.clear(slot, withinMs));
  }
}

/**
 * Makes a user at a free slot: first the user, then its hours, its PIN last, so that no digits work that are not bound
 * yet. `onBegin` is called before anything is sent for a slot; when it says no, nothing is. Raises what the lock answers;
 * what was begun then stands until `undo`.
 */
export async function makeUser(
  bench: UserBench,
  { name, digits, hours }: NewUser,
  onBegin: (slot: number) => Promise<boolean>,
): Promise<number> {
  const { users, step } = bench;
  for (let turn = 1; ; turn += 1) {
    const found = await usersOf(bench);
    const free = firstFree(
      users.most.users,
      found.map(({ slot }) => slot),
    );
    if (free === undefined || pinsOf(found).length >= users.most.pins)
      throw new MatterFailure('PIN_SLOTS_FULL');
    if (!(await onBegin(free))) throw new MatterFailure('STORAGE_FAILED');
    try {
      await step((withinMs) => users.add(free, { name, hours: hours?.kind ?? null }, withinMs));
    } catch (error) {
      if (!isCode(error, 'SLOT_TAKEN')) throw error;
      if (turn === tries) throw new MatterFailure('PIN_SLOTS_FULL');
      continue;
    }
    if (hours !== null) await step((withinMs) => users.setHours(free, hours, withinMs));
    await addPin(bench, free, digits);
    return free;
  }
}

/** Changes a user of ours. Digits come first: that they are in use is the likeliest refusal, and changes nothing. */
export async function changeUser(
  bench: UserBench,
  user: LockUser,
  { name, digits, hours }: { name: string | undefined; digits: string | undefined; hours: LockHours | null },
): Promise<void> {
  const { users, step } = bench;
  const { slot } = user;
  const [index] = user.pins;
  if (digits !== undefined && index !== undefined)
    await step((withinMs) => users.setPin(slot, { index, digits, isNew: false }, withinMs));
  else if (digits !== undefined) await addPin(bench, slot, digits);
  // The old hours count until the new ones stand.
  if (hours !== null) await step((withinMs) => users.setHours(slot, hours, withinMs));
  const change = { hours: hours?.kind ?? null, ...(name === undefined ? {} : { name }) };
  await step((withinMs) => users.change(slot, change, withinMs));
}
