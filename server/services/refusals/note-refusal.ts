import type { RefusalCause } from '../../contracts/activity';
import { decideAccess, type RefusalReason } from '../../domain/access/decide-access';
import { Failure } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { recordRefusal } from './record-refusal';

const causes: Partial<Record<RefusalReason | 'not-invited' | 'sign-in', RefusalCause>> = {
  'outside-window': 'outside-window',
  expired: 'outside-window',
  'not-yet-valid': 'outside-window',
  'used-up': 'used-up',
  revoked: 'revoked',
};

/** What the activity calls a reason of the access decision. */
export const causeOfReason = (reason: RefusalReason | 'not-invited' | 'sign-in'): RefusalCause =>
  causes[reason] ?? 'no-right';

type Noting = Pick<Deps, 'db' | 'bus' | 'log' | 'clock'>;

/** Looks at the right once more, when the answer is given already. */
async function causeNow(
  { db, clock }: Noting,
  { principal }: Pick<Caller, 'principal'>,
  lockId: number,
): Promise<RefusalCause> {
  const { facts } = await loadLock(db, principal, lockId, clock.now());
  const access = decideAccess(principal.kind, facts);
  return access.allowed ? 'no-right' : causeOfReason(access.reason);
}

function causeOf(failure: Failure): RefusalCause | 'by-right' | undefined {
  if (failure.reason?.includes('PASSKEY') === true) return 'no-passkey';
  if (failure.code === 'forbidden') return 'by-right';
  if (failure.code === 'rate_limited') return 'limited';
  return failure.reason === 'USED_UP' ? 'used-up' : undefined;
}

/** Does what opens a door; who is turned away by it goes on record, and the answer stays what it is. */
export async function notingRefusals<Answer>(
  deps: Noting,
  caller: Pick<Caller, 'principal' | 'via' | 'address' | 'onRefused'>,
  { lockId, requestId }: { lockId: number; requestId?: string | undefined },
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Failure ? causeOf(error) : undefined;
    if (cause !== undefined) {
      const { principal, via, address, onRefused = (note) => note() } = caller;
      onRefused(() =>
        recordRefusal(deps, {
          lockId,
          principal,
          via,
          address,
          requestId,
          cause: cause === 'by-right' ? () => causeNow(deps, caller, lockId) : cause,
        }),
      );
    }
    throw error;
  }
}
