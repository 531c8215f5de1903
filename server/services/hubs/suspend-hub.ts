import type { suspendHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { requireSelf } from './change-hub';
import { holdAndSuspend } from './hold-and-suspend';
import { loadHub } from './load-hub';

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
  const { answer, lines } = await db.transaction((tx) => holdAndSuspend(tx, hub.id, body, clock.now()));
  bus.announce(lines);
  return answer;
}
