import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { staffAccounts } from '@/drizzle/schema';
import { type InputOf, type OutputOf, WithStaffCookie } from '../../contracts/operation';
import type { proveFactor as operation } from '../../contracts/staff';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { randomKey } from '../secrets';
import { type FoundSession, findStaffSession } from './find-session';
import { finishSignIn } from './finish-sign-in';
import { asStaff } from './principal';
import { recordStaffDeed } from './record-staff-deed';
import { stepOfCode } from './totp';
import { viewSession } from './view-session';

/** The code is no good; at the field that holds it. */
export const refuseCode = (reason: string, message: string) =>
  new Failure('invalid', { reason, message, issues: [{ field: 'code', message }] });

/** Whoever guesses codes has the password already: few tries, and a long wait. */
export const countCode = (deps: Pick<Deps, 'db' | 'clock'>, accountId: number): Promise<void> =>
  countAttempt(deps, `staff code ${accountId}`, 10, 900);

/** Takes a code's time step, which no code of the account may use again. False: it was taken before. */
export async function takeStep(
  tx: Executor,
  { account }: Pick<FoundSession, 'account'>,
  sealed: Buffer,
  step: number,
): Promise<false | { isNew: boolean }> {
  const isNew = account.sealedTotp === null;
  const taken = await tx
    .update(staffAccounts)
    .set({ totpStep: step, ...(isNew ? { sealedTotp: sealed, sealedNewTotp: null } : {}) })
    .where(
      and(
        eq(staffAccounts.id, account.id),
        isNull(staffAccounts.disabledAt),
        // The very secret that the code was held against: another may have been shown, or proved, meanwhile.
        isNew
          ? and(isNull(staffAccounts.sealedTotp), eq(staffAccounts.sealedNewTotp, sealed))
          : eq(staffAccounts.sealedTotp, sealed),
        or(isNull(staffAccounts.totpStep), lt(staffAccounts.totpStep, step)),
      ),
    )
    .returning({ id: staffAccounts.id });
  return taken.length > 0 && { isNew };
}

/**
 * POST /staff/session/factor: proves the second factor, and with the first code the authenticator itself. The session is
 * given another token, and its full life. A code counts one time step around now, and once. Raises `invalid` with
 * INVALID_AUTH_CODE or USED_AUTH_CODE, `conflict` when no authenticator was begun, `rate_limited` past ten tries in a
 * quarter of an hour.
 */
export async function proveFactor(
  deps: Deps,
  caller: Caller,
  { body: { code } }: InputOf<typeof operation>,
): Promise<WithStaffCookie<OutputOf<typeof operation>>> {
  authorise('staff.proveFactor', caller.principal);
  const { db, clock, secrets } = deps;
  const found = await findStaffSession(deps, caller.staffToken);
  if (found === undefined || found.session.provedAt !== null) throw new Failure('unauthenticated');
  const { account, session } = found;
  await countCode(deps, account.id);
  const sealed = account.sealedTotp ?? account.sealedNewTotp;
  if (sealed === null)
    throw new Failure('conflict', { reason: 'FACTOR_MISSING', message: 'No authenticator was begun.' });
  const now = clock.now();
  const accountId = account.id;
  const self = { ...caller, principal: asStaff(account, [], session.id) };
  const step = stepOfCode(secrets.open(sealed), code, now);
  if (step === undefined) {
    await recordStaffDeed(db, self, { action: 'staff.refuseCode', accountId, at: now });
    throw refuseCode('INVALID_AUTH_CODE', 'The code is wrong or no longer good.');
  }
  const token = randomKey();
  const proved = await db.transaction(async (tx) => {
    const taken = await takeStep(tx, found, sealed, step);
    if (!taken) return undefined;
    const row = await finishSignIn(tx, session.id, token, now);
    if (taken.isNew) await recordStaffDeed(tx, self, { action: 'staff.enrolFactor', accountId, at: now });
    await recordStaffDeed(tx, self, { action: 'staff.signIn', accountId, at: now });
    return row;
  });
  if (proved === undefined) {
    await recordStaffDeed(db, self, { action: 'staff.refuseCode', accountId, at: now, data: { used: true } });
    throw refuseCode('USED_AUTH_CODE', 'The code was used already. Wait for the next one.');
  }
  return new WithStaffCookie(viewSession({ session: proved, account }), token);
}
