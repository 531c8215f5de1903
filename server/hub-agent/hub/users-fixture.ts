import { type LockHours, type LockUsers, MatterFailure } from '../matter/face';

interface KeptUser {
  name: string;
  isOurs: boolean;
  rule: LockHours['kind'] | null;
  hours?: LockHours;
  pins: Map<number, string>;
}
type Call = Exclude<keyof LockUsers, 'most'>;

/** Users of a lock that lives in memory. `around` stands about each call, and may do otherwise than to let it through. */
export function playUsers({
  most = 5,
  around = (_call, through) => through(),
}: {
  most?: number;
  around?: (call: Call, through: () => Promise<unknown>) => Promise<unknown>;
} = {}) {
  const kept = new Map<number, KeptUser>();
  const holderOf = (index: number) => [...kept.values()].find(({ pins }) => pins.has(index));
  const at = (slot: number): KeptUser => {
    const user = kept.get(slot);
    if (user === undefined) throw new MatterFailure('LOCK_REFUSED');
    return user;
  };
  const calls: Omit<LockUsers, 'most'> = {
    async read(slot) {
      const user = kept.get(slot);
      const next = [...kept.keys()].sort((one, other) => one - other).find((one) => one > slot);
      return {
        ...(user && { user: { slot, name: user.name, isOurs: user.isOurs, pins: [...user.pins.keys()] } }),
        ...(next === undefined ? {} : { next }),
      };
    },
    async isPinFree(index) {
      return holderOf(index) === undefined;
    },
    async add(slot, { name, hours }) {
      if (kept.has(slot)) throw new MatterFailure('SLOT_TAKEN');
      kept.set(slot, { name, isOurs: true, rule: hours, pins: new Map() });
    },
    async change(slot, { name, hours }) {
      const user = at(slot);
      user.rule = hours;
      user.name = name ?? user.name;
    },
    async setHours(slot, hours) {
      at(slot).hours = hours;
    },
    async setPin(slot, { index, digits, isNew }) {
      const user = at(slot);
      for (const { pins } of kept.values())
        for (const [place, other] of pins)
          if (other === digits && place !== index) throw new MatterFailure('PIN_DUPLICATE');
      if (isNew && holderOf(index) !== undefined) throw new MatterFailure('SLOT_TAKEN');
      user.pins.set(index, digits);
    },
    async clear(slot) {
      kept.delete(slot);
    },
    async setClock() {},
  };
  const wrapped = Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      (...given: never[]) =>
        around(name as Call, () => (call as (...given: never[]) => Promise<unknown>)(...given)),
    ]),
  );
  const users: LockUsers = {
    ...(wrapped as unknown as typeof calls),
    most: { users: most, pins: most },
  };
  return { users, kept };
}
