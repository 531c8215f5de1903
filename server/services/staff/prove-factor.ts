import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { staffAccounts, staffSessions } from '@/drizzle/schema';
import { type InputOf, type OutputOf, WithStaffCookie } from '../../contracts/operation';
import type { proveFactor as operation } from '../../contracts/staff';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { staffSessionLifeMs } from '../../domain/staff-session';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { hashToken, randomKey } from '../secrets';
import { type FoundSession, findStaffSession } from './find-session';
import { asStaff } from './principal';
import { recordStaffDeed } from './record-staff-deed';
import { stepOfCode } from './totp';
import { viewSession } from './view-session';

const refuse = (reason: string, message: string) =>
  new Failure('invalid', { reason, message, issues: [{ field: 'code', message }] });

/** Whoever guesses codes has the password already: few tries, and a long wait. */
const triesMost = 10;
const triesSeconds = 900;

/** Takes a code's time step, which no code of the account may use again. False: it was taken before. */
async function takeStep(tx: Executor, { account }: FoundSession, sealed: Buffer, step: number, now: Date) {
  const isNew = account.sealedTotp === null;
  const taken = await tx
    .update(staffAccounts)
    .set({ totpStep: step, sealedTotp: sealed, sealedNewTotp: null })
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
  return taken.length > 0 && { isNew, now };
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
  await countAttempt(deps, `staff code ${account.id}`, triesMost, triesSeconds);
  const sealed = account.sealedTotp ?? account.sealedNewTotp;
  if (sealed === null)
    throw new Failure('conflict', { reason: 'FACTOR_MISSING', message: 'No authenticator was begun.' });
  const now = clock.now();
  const accountId = account.id;
  const self = { ...caller, principal: asStaff(account, [], session.id) };
  const step = stepOfCode(secrets.open(sealed), code, now);
  if (step === undefined) {
    await recordStaffDeed(db, self, { action: 'staff.refuseCode', accountId, at: now });
    throw refuse('INVALID_AUTH_CODE', 'The code is wrong or no longer good.');
  }
  const token = randomKey();
  const proved = await db.transaction(async (tx) => {
    const taken = await takeStep(tx, found, sealed, step, now);
    if (!taken) return undefined;
    const [row] = await tx
      .update(staffSessions)
      .set({
        provedAt: now,
        lastSeenAt: now,
        tokenHash: hashToken(token),
        expiresAt: new Date(now.getTime() + staffSessionLifeMs),
      })
      .where(
        and(
          eq(staffSessions.id, session.id),
          isNull(staffSessions.provedAt),
          isNull(staffSessions.revokedAt),
        ),
      )
      .returning();
    if (row === undefined) throw new Failure('unauthenticated');
    if (taken.isNew) await recordStaffDeed(tx, self, { action: 'staff.enrolFactor', accountId, at: now });
    await recordStaffDeed(tx, self, { action: 'staff.signIn', accountId, at: now });
    return row;
  });
  if (proved === undefined) {
    await recordStaffDeed(db, self, { action: 'staff.refuseCode', accountId, at: now, data: { used: true } });
    throw refuse('USED_AUTH_CODE', 'The code was used already. Wait for the next one.');
  }
  return new WithStaffCookie(viewSession({ session: proved, account }), token);
}
