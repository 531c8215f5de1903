import { eq } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { startStaffAuthenticator as operation } from '../../contracts/staff-account';
import type { Caller, Deps } from '../deps';
import { loadOwn, proveOwn } from './own-account';
import { newTotpSecret, totpEnrolment } from './totp';

/**
 * POST /staff/account/authenticator/start: by a code of the old one. Who has lost it asks an administrator for a set-up
 * link. Raises `invalid` at the code, `rate_limited`.
 */
export async function startOwnAuthenticator(
  deps: Deps,
  caller: Caller,
  { body: { code } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const own = await loadOwn(deps, 'staff.startAuthenticator', caller);
  await proveOwn(deps, caller, own, code);
  const secret = newTotpSecret();
  await deps.db
    .update(staffAccounts)
    .set({ sealedNewTotp: deps.secrets.seal(secret) })
    .where(eq(staffAccounts.id, own.row.id));
  return totpEnrolment(secret, own.row.email);
}
