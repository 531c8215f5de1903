import { and, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm';
import { lockPins, locks } from '@/drizzle/schema';
import { identityOf, type Principal } from '../../domain/principal';
import { recordAccess } from '../access/record-access';
import type { Deps } from '../deps';
import { placePinCommand } from './place-command';
import { sendNextPin } from './send-next';
import { windowOf } from './view';

/** Codes that count at hours of the week. */
const isWeekly = or(
  isNotNull(lockPins.weekdays),
  isNotNull(lockPins.fromMinute),
  isNotNull(lockPins.untilMinute),
);

/** A home's clocks go by another zone: its locks are told the hours of their codes anew, without the digits. */
export async function retimePins(deps: Deps, homeId: number, by: Principal): Promise<void> {
  const { db, clock, bus } = deps;
  const doors = await db
    .selectDistinct({ id: locks.id })
    .from(lockPins)
    .innerJoin(locks, eq(locks.id, lockPins.lockId))
    .where(and(eq(locks.homeId, homeId), isNull(lockPins.removedAt), isWeekly));
  for (const { id } of doors) {
    const lines = await db.transaction(async (tx) => {
      await tx.select({ id: locks.id }).from(locks).where(eq(locks.id, id)).for('update');
      const now = clock.now();
      const pins = await tx
        .select()
        .from(lockPins)
        .where(
          and(
            eq(lockPins.lockId, id),
            eq(lockPins.state, 'set'),
            isNull(lockPins.removedAt),
            isNotNull(lockPins.slot),
            isWeekly,
          ),
        );
      for (const pin of pins)
        await placePinCommand(
          tx,
          pin,
          { kind: 'set-pin', slot: pin.slot, window: windowOf(pin) },
          identityOf(by),
          now,
        );
      if (pins.length === 0) return [];
      const ids = pins.map((pin) => pin.id);
      await tx.update(lockPins).set({ state: 'pending', error: null }).where(inArray(lockPins.id, ids));
      const told = ids.map((pinId) =>
        recordAccess(tx, homeId, { kind: 'pin', action: 'changed', id: pinId, lockIds: [id] }),
      );
      return Promise.all(told);
    });
    bus.announce(lines);
    await sendNextPin(deps, id);
  }
}
