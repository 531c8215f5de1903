import type { InputOf, OutputOf } from '../../contracts/operation';
import type { openWithPin as operation } from '../../contracts/temp-keys';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { inEvenTime } from '../auth/even-time';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { openLock } from '../locks/open-lock';
import { notingRefusals } from '../refusals/note-refusal';
import { recordRefusal } from '../refusals/record-refusal';
import { forgiveTry, pinLinkOf } from './check-pin';
import { linkName } from './view';

/** Refusals that must look like a wrong PIN: no such lock, not now, not any more. */
const looksWrong: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'invalid']);

/**
 * POST /locks/{id}/open-with-pin (lock-api 7): without a credential, the PIN is the right. Every refusal is the same
 * `invalid_pin`, in even time; raises `rate_limited` too, for locks that do not exist as well.
 */
export async function openWithPin(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('locks.openWithPin', caller.principal);
  return inEvenTime(async () => {
    const link = await notingRefusals(deps, { ...caller, via: 'pin' }, { lockId: params.id }, () =>
      pinLinkOf(deps, params.id, body.pin),
    );
    if (link === undefined) {
      const { principal, address } = caller;
      recordRefusal(deps, { lockId: params.id, principal, via: 'pin', cause: 'wrong-pin', address });
      throw new Failure('invalid_pin');
    }
    const principal = { kind: 'guestLink', linkId: link.uuid, name: linkName(link) } as const;
    try {
      const { lock } = await loadLock(deps.db, principal, params.id, deps.clock.now());
      await openLock(
        deps,
        {
          principal,
          via: 'pin',
          address: caller.address,
          askedAt: caller.askedAt,
          language: caller.language,
        },
        { params, query: undefined, body: { requestId: undefined, reason: undefined } },
      );
      await forgiveTry(deps, params.id);
      return { success: true, offline: lock?.reachable !== true };
    } catch (error) {
      if (error instanceof Failure && looksWrong.has(error.code)) throw new Failure('invalid_pin');
      throw error;
    }
  });
}
