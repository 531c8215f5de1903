import type { CommandEnvelope } from '../../contracts/envelope';
import type { changeLock as operation } from '../../contracts/lock-commands';
import type { InputOf } from '../../contracts/operation';
import { toMinute } from '../../domain/access/wire-window';
import { dropsPasskey, type GestureRule } from '../../domain/lock/gesture';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { checkProof, isBrowser, withProof } from '../passkeys/prove-opening';
import { authoriseLock } from './authorise-lock';
import { answerOf, commandLock, holdLock } from './change-lock';
import type { LockRow } from './load-lock';

type Body = InputOf<typeof operation>['body'];

const nightOf = ({ night }: Body) =>
  night == null
    ? night
    : {
        gesture: night.gesture,
        fromMinute: toMinute(night.from),
        untilMinute: toMinute(night.until),
      };

/** What the lock would ask for once it was changed. */
function ruleAfter(lock: LockRow, body: Body): GestureRule {
  const night = nightOf(body);
  const { gesture = lock.gesture, remote: remoteGesture = lock.remoteGesture } = body;
  const rule = { ...lock, gesture, remoteGesture };
  if (night === undefined) return rule;
  return {
    ...rule,
    nightGesture: night?.gesture ?? null,
    nightFromMinute: night?.fromMinute ?? null,
    nightUntilMinute: night?.untilMinute ?? null,
  };
}

/**
 * PATCH /locks/{id} (ours): name and gesture, by day, by night and from away. What is sent as it stands already is no event. A browser
 * that wants a passkey asked for less often proves one first, as for an opening (decision 29); without it `forbidden`.
 */
export async function updateLock(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<CommandEnvelope> {
  const { db, clock, bus } = deps;
  const { principal } = caller;
  await authoriseLock(deps, 'locks.update', principal, params.id);
  const { name, gesture, remote, passkey } = body;
  const changed = await withProof(deps, caller, { purpose: 'settings', answer: passkey }, () =>
    db.transaction(async (tx) => {
      if (principal.kind === 'user' && isBrowser(caller)) {
        const { lock } = await holdLock(tx, params.id);
        const bound = { purpose: 'settings', userId: principal.userId, lockId: lock.id } as const;
        if (dropsPasskey(lock, ruleAfter(lock, body))) await checkProof(deps, tx, caller, bound, passkey);
      }
      const command = { type: 'Change', name, gesture, night: nightOf(body), remote } as const;
      return commandLock(tx, params.id, command, clock.now(), identityOf(principal));
    }),
  );
  bus.announce(changed.lines);
  return answerOf(changed);
}
