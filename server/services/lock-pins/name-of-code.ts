import { and, eq, isNull } from 'drizzle-orm';
import { lockPins } from '@/drizzle/schema';
import type { Executor } from '../../db/client';

/** What the PIN code at a place of a lock is called; undefined: it is none of ours. */
export async function nameOfCode(
  executor: Executor,
  lockId: number,
  slot: number,
): Promise<string | undefined> {
  const [pin] = await executor
    .select({ name: lockPins.name })
    .from(lockPins)
    .where(and(eq(lockPins.lockId, lockId), eq(lockPins.slot, slot), isNull(lockPins.removedAt)));
  return pin === undefined || pin.name === '' ? undefined : pin.name;
}
