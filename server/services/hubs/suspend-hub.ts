import type { suspendHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { endCommissionings } from '../commissionings/end-commissionings';
import type { Caller, Deps } from '../deps';
import { changeHub, requireSelf } from './change-hub';
import { closeDoors, holdDoorsBehind } from './detach-locks';
import { holdHub, loadHub } from './load-hub';

/**
 * POST /hubs/{id}/SuspendHub (lock-api 7): the hub and the things it speaks for lose their rights, running openings
 * behind it end. The hub need not be connected: what has been stolen must be stopped where it is.
 */
export async function suspendHub(
  { db, clock, bus }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.suspend', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  requireSelf(principal, body.userId);
  const { answer, lines } = await db.transaction(async (tx) => {
    const held = await holdHub(tx, hub.id);
    if (held === undefined) throw new Failure('not_found');
    const doors = await holdDoorsBehind(tx, held.id);
    const at = clock.now();
    const change = await changeHub(
      tx,
      held,
      { type: 'SuspendHub', reason: body.reason, userId: body.userId },
      { status: 'suspended', suspendedReason: body.reason },
      { at, needsHub: false },
    );
    if (!change.isChanged) return change;
    await closeDoors(tx, doors, 'HUB_SUSPENDED', at);
    const attempts = await endCommissionings(tx, held.id, 'HUB_SUSPENDED', at);
    return { ...change, lines: [...change.lines, ...attempts] };
  });
  bus.announce(lines);
  return answer;
}
