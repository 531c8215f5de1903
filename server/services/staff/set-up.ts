import { and, eq } from 'drizzle-orm';
import { staffAccounts, staffPasskeys } from '@/drizzle/schema';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { setUpStaff as operation } from '../../contracts/staff';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { hashPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { hashToken } from '../secrets';
import { requireStaffPassword } from './add-account';
import { endStaffSessions } from './end-sessions';
import { findSetUp } from './look-at-set-up';
import { asStaff } from './principal';
import { recordStaffDeed } from './record-staff-deed';

const invalid = () =>
  new Failure('invalid', {
    reason: 'INVALID_TOKEN',
    message: 'The link is not good any more.',
    issues: [{ field: 'token', message: 'is unknown, used or too old' }],
  });

/**
 * POST /staff/setup: sets the password by the link of the account, which is used up. The account starts anew: an
 * authenticator and passkeys it had count no longer, its sessions end. A password that is refused leaves the link good.
 */
export async function setUp(
  deps: Deps,
  caller: Caller,
  { body: { token, password } }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('staff.setUp', caller.principal);
  const { db, clock } = deps;
  await countAttempt(deps, `staff setup ${caller.address ?? ''}`, 20, 60);
  const now = clock.now();
  const account = await findSetUp(db, token, now);
  if (account === undefined) throw invalid();
  requireStaffPassword(password, account.email);
  const passwordHash = await hashPassword(password);
  await db.transaction(async (tx) => {
    const used = await tx
      .update(staffAccounts)
      .set({
        passwordHash,
        setupHash: null,
        setupExpiresAt: null,
        sealedTotp: null,
        sealedNewTotp: null,
        totpStep: null,
      })
      .where(and(eq(staffAccounts.id, account.id), eq(staffAccounts.setupHash, hashToken(token.trim()))))
      .returning({ id: staffAccounts.id });
    if (used.length === 0) throw invalid();
    await tx.delete(staffPasskeys).where(eq(staffPasskeys.accountId, account.id));
    await endStaffSessions(tx, account.id, now);
    const self = { ...caller, principal: asStaff(account, []) };
    await recordStaffDeed(tx, self, { action: 'staff.setUp', accountId: account.id, at: now });
  });
  return { email: account.email };
}
