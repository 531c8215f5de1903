import { envelope } from '../../contracts/envelope';
import type { commissionDevice as operation } from '../../contracts/hubs';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import { shadowAnswerMs } from '../../domain/hub/commissioning';
import { readCommissioningCode } from '../../domain/matter/onboarding-code';
import { authorise } from '../../domain/permissions';
import { markDelivery } from '../commissionings/mark-delivery';
import { placeCommissioning } from '../commissionings/place-commissioning';
import type { Caller, Deps } from '../deps';
import { loadHub } from './load-hub';

/** The seed's own text for a command that could not be placed in the shadow (lock-api 6.4). */
export const shadowFailed = 'Shadow update failed — could not reach AWS IoT.';

/**
 * POST /hubs/{id}/CommissionDevice (lock-api 6, model 3): who asks is written first, then the command goes into the hub's
 * shadow, where the code stands until the attempt is over and nowhere else. The answer says that the shadow took it.
 * Raises `invalid` for a code that is none, `conflict` HUB_BUSY, `device_unreachable`.
 */
export async function commissionDevice(
  deps: Deps,
  caller: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const code = readCommissioningCode(body.commissioningCode);
  if (!code.ok) throw invalidField('commissioningCode', `${code.reason}: ${code.message}`);
  const { hub, facts } = await loadHub(deps.db, caller.principal, params.id);
  authorise('hubs.commission', caller.principal, facts);
  if (hub === undefined) throw new Failure('not_found');
  const { attempt, version } = await placeCommissioning(deps, caller, hub.id, code);
  const command = {
    id: attempt.id,
    type: 'commission_with_code',
    code: code.code,
    issuedAt: attempt.createdAt.getTime(),
    expiresAt: attempt.expiresAt.getTime(),
  };
  const answer = await deps.shadow.update(
    hub.thingName,
    { desired: { command } },
    attempt.id,
    shadowAnswerMs,
  );
  await markDelivery(deps, attempt, answer);
  if (answer.kind === 'accepted') return envelope(hub.id, version, null);
  if (answer.kind === 'rejected')
    deps.log.warn({ hubId: hub.id, code: answer.code }, 'shadow refused a commissioning');
  if (answer.kind === 'silent') {
    // Best effort: the bridge withdraws it at expiry in any case.
    const withdrawal = { desired: { command: null } };
    void deps.shadow.update(hub.thingName, withdrawal, `withdraw.${attempt.id}`, shadowAnswerMs);
  }
  throw new Failure('device_unreachable', { message: shadowFailed });
}
