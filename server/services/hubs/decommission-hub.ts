import { eq } from 'drizzle-orm';
import { hubs, locks, things } from '@/drizzle/schema';
import { invalidField } from '../../domain/errors';
import { identityOf } from '../../domain/principal';
import { endCommissionings } from '../commissionings/end-commissionings';
import type { Deps } from '../deps';
import { clearPins } from '../lock-pins/end-pins';
import { operator } from '../staff/operator';
import { changeHub } from './change-hub';
import { closeDoors, holdDoorsBehind } from './detach-locks';
import { holdHub } from './load-hub';

/**
 * Takes a hub out of use for good, by the operator: its credentials and those of what it speaks for are no good any more.
 * PIN codes are cleared first, where a running system reaches the lock. The locks behind it keep their place in their
 * home. Raises `invalid`.
 */
export async function decommissionHub(
  { db, clock, bus }: Pick<Deps, 'db' | 'clock' | 'bus'>,
  id: string,
  reason: string,
): Promise<{ id: string; status: 'decommissioned'; version: number }> {
  const behind = await db.select({ id: locks.id }).from(locks).where(eq(locks.hubId, id));
  const lockIds = behind.map((lock) => lock.id);
  await clearPins({ db, clock }, lockIds, identityOf(operator.principal));
  const { answer, lines } = await db.transaction(async (tx) => {
    const held = await holdHub(tx, id);
    if (held === undefined) throw invalidField('id', 'there is no such hub');
    const doors = await holdDoorsBehind(tx, id);
    const at = clock.now();
    const change = await changeHub(
      tx,
      held,
      { type: 'DecommissionHub', reason, userId: 'operator' },
      { status: 'decommissioned', isPrimary: false },
      { at, needsHub: false },
    );
    if (!change.isChanged) return change;
    await tx.update(hubs).set({ claimHash: null, sealedClaimCode: null }).where(eq(hubs.id, id));
    await tx.update(things).set({ revokedAt: at }).where(eq(things.name, held.thingName));
    await closeDoors(tx, doors, 'HUB_DECOMMISSIONED', at);
    const attempts = await endCommissionings(tx, id, 'HUB_DECOMMISSIONED', at);
    return { ...change, lines: [...change.lines, ...attempts] };
  });
  bus.announce(lines);
  return { id, status: 'decommissioned', version: answer.version };
}
