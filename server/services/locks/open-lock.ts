import { type CommandEnvelope, envelope } from '../../contracts/envelope';
import type { openLock as operation } from '../../contracts/locks';
import type { InputOf } from '../../contracts/operation';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { deliver } from '../openings/deliver';
import { markSent } from '../openings/mark-sent';
import { placeIntent } from '../openings/place-intent';
import { proofOf, withProof } from '../passkeys/prove-opening';
import { notingRefusals } from '../refusals/note-refusal';
import { loadLock } from './load-lock';
import type { OpeningRow } from './view';

/** The seed's own text for a lock that could not be told (lock-api 4.3). */
const shadowFailed = 'Failed to update device shadow';

const answerOf = ({ lockId, eventVersion, event }: OpeningRow): CommandEnvelope =>
  envelope(lockId, eventVersion ?? 0, event);

async function askToOpen(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
  gesture?: string,
): Promise<CommandEnvelope> {
  const { lock, home, facts } = await loadLock(deps.db, caller.principal, params.id, deps.clock.now());
  authorise('locks.open', caller.principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  const answer = body?.passkey;
  const prove = await proofOf(deps, caller, { lock, home }, answer);
  const intent = await withProof(deps, caller, { purpose: 'open', answer }, () =>
    placeIntent(deps, caller, lock, {
      requestId: body?.requestId,
      reason: body?.reason,
      gesture: prove === undefined ? gesture : 'hold-passkey',
      prove,
    }),
  );
  if (intent.opening.event !== null) return answerOf(intent.opening);
  if (intent.isRepeat && intent.opening.expiresAt <= deps.clock.now()) {
    throw new Failure('device_unreachable', {
      message: 'This request has expired without reaching the door. Send a new requestId to try again.',
    });
  }
  const isNew = !intent.isRepeat && intent.actuation.id === intent.opening.id;
  const delivery = await deliver(deps, lock, intent.actuation, isNew);
  if (delivery.kind === 'undelivered') throw new Failure('device_unreachable', { message: shadowFailed });
  if (delivery.opening.id === intent.opening.id && delivery.opening.event !== null)
    return answerOf(delivery.opening);
  return answerOf(await markSent(deps, lock.id, intent.opening.id));
}

/**
 * POST /locks/{id}/OpenLock (lock-api 5, model 3): intent first, then the shadow, then the event. The answer says that
 * the opening was *sent*; only a report makes it *confirmed*. Raises `device_unreachable` when the shadow was not
 * written; the version is then unchanged; and `forbidden` when a browser has not proved the passkey that the lock's
 * gesture asks for now. Who is turned away goes on record.
 */
export const openLock: typeof askToOpen = (deps, caller, input, gesture) =>
  notingRefusals(deps, caller, { lockId: input.params.id, requestId: input.body?.requestId }, () =>
    askToOpen(deps, caller, input, gesture),
  );
