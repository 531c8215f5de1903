import { and, eq, isNull } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { OutputOf } from '../../contracts/operation';
import type { startFactor as operation } from '../../contracts/staff';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { findStaffSession } from './find-session';
import { newTotpSecret, totpEnrolment } from './totp';

/**
 * POST /staff/session/factor/start: a secret for the authenticator of an account that has none, in place of one that was
 * shown and not proved. Raises `conflict` when the account has an authenticator: only a set-up link takes that away.
 */
export async function startFactor(deps: Deps, caller: Caller): Promise<OutputOf<typeof operation>> {
  authorise('staff.startFactor', caller.principal);
  const found = await findStaffSession(deps, caller.staffToken);
  if (found === undefined) throw new Failure('unauthenticated');
  const { account } = found;
  await countAttempt(deps, `staff enrol ${account.id}`, 20, 60);
  const secret = newTotpSecret();
  const kept = await deps.db
    .update(staffAccounts)
    .set({ sealedNewTotp: deps.secrets.seal(secret) })
    .where(and(eq(staffAccounts.id, account.id), isNull(staffAccounts.sealedTotp)))
    .returning({ id: staffAccounts.id });
  if (kept.length === 0)
    throw new Failure('conflict', {
      reason: 'FACTOR_EXISTS',
      message: 'The account has an authenticator already.',
    });
  return totpEnrolment(secret, account.email);
}
