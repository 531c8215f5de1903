import type { resumeHub as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { changeHub, requireSelf } from './change-hub';
import { holdHub, loadHub } from './load-hub';

/** POST /hubs/{id}/ResumeHub (ours): a suspended hub has its rights back and is what it was. Raises `invalid`. */
export async function resumeHub(
  { db, clock, bus }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { hub, facts } = await loadHub(db, principal, params.id);
  authorise('hubs.resume', principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  requireSelf(principal, body.userId);
  const { answer, lines } = await db.transaction(async (tx) => {
    const held = await holdHub(tx, hub.id);
    if (held === undefined) throw new Failure('not_found');
    return changeHub(
      tx,
      held,
      { type: 'ResumeHub', userId: body.userId },
      { status: held.homeId === null ? 'provisioned' : 'claimed', suspendedReason: null },
      { at: clock.now(), needsHub: false },
    );
  });
  bus.announce(lines);
  return answer;
}
