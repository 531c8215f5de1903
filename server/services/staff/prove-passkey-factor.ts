import { and, eq } from 'drizzle-orm';
import { staffPasskeys } from '@/drizzle/schema';
import { type InputOf, type OutputOf, WithStaffCookie } from '../../contracts/operation';
import type { provePasskeyFactor as operation } from '../../contracts/staff-account';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { takeChallenge } from '../passkeys/challenge';
import { relyingParty } from '../passkeys/relying-party';
import { checkSignature } from '../passkeys/verify-passkey';
import { randomKey } from '../secrets';
import { findStaffSession } from './find-session';
import { finishSignIn } from './finish-sign-in';
import { asStaff } from './principal';
import { recordStaffDeed } from './record-staff-deed';
import { viewSession } from './view-session';

const refused = () => invalidField('credential', 'is no passkey of this account', 'INVALID_PASSKEY');

/**
 * POST /staff/session/passkey: the second factor by a passkey of the very account whose password was proved. The session
 * is given another token and its full life. Raises `unauthenticated`, and one `invalid` INVALID_PASSKEY for everything
 * that does not fit.
 */
export async function provePasskeyFactor(
  deps: Deps,
  caller: Caller,
  { body: { credential: answer } }: InputOf<typeof operation>,
): Promise<WithStaffCookie<OutputOf<typeof operation>>> {
  authorise('staff.provePasskey', caller.principal);
  const { db, clock, log } = deps;
  const found = await findStaffSession(deps, caller.staffToken);
  if (found === undefined || found.session.provedAt !== null) throw new Failure('unauthenticated');
  const { account, session } = found;
  const party = relyingParty(deps, caller);
  const now = clock.now();
  const accountId = account.id;
  const self = { ...caller, principal: asStaff(account, [], session.id) };
  // By itself, so that it stays used whatever comes of the rest.
  const of = { purpose: 'staff-prove', accountId } as const;
  const challenge = await takeChallenge(db, answer.response.clientDataJSON, of, now);
  if (challenge === undefined) throw refused();
  const token = randomKey();
  const proved = await db.transaction(async (tx) => {
    const [key] = await tx
      .select()
      .from(staffPasskeys)
      .where(and(eq(staffPasskeys.id, answer.id), eq(staffPasskeys.accountId, accountId)))
      .for('update');
    const counter = key && (await checkSignature(log, party, { answer, challenge }, key));
    if (key === undefined || counter === undefined) return undefined;
    await tx.update(staffPasskeys).set({ counter, lastUsedAt: now }).where(eq(staffPasskeys.id, key.id));
    const row = await finishSignIn(tx, session.id, token, now);
    const deed = { action: 'staff.signIn', accountId, at: now, data: { passkey: key.name } };
    await recordStaffDeed(tx, self, deed);
    return row;
  });
  if (proved === undefined) {
    const deed = { action: 'staff.refuseCode', accountId, at: now, data: { passkey: true } };
    await recordStaffDeed(db, self, deed);
    throw refused();
  }
  return new WithStaffCookie(viewSession({ session: proved, account }), token);
}
