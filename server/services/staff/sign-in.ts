import { randomUUID } from 'node:crypto';
import { staffSessions } from '@/drizzle/schema';
import { type InputOf, type OutputOf, WithStaffCookie } from '../../contracts/operation';
import type { signInStaff as operation } from '../../contracts/staff';
import { readEmail } from '../../domain/account';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { unprovedLifeMs } from '../../domain/staff-session';
import { storable } from '../auth/create-session';
import { isPassword } from '../auth/password';
import type { Caller, Deps } from '../deps';
import { countAttempt } from '../rates/count-attempt';
import { hashToken, randomKey } from '../secrets';
import { accountByEmail } from './account';
import { hasStaffPasskey } from './passkey-rows';
import { viewSession } from './view-session';

/**
 * POST /staff/session: begins a session that is worth nothing before its second factor is proved. One answer, in the same
 * time, for an unknown address, a wrong password and an account that is switched off; five attempts a minute for a pair
 * of address and network address.
 */
export async function signInStaff(
  deps: Deps,
  caller: Caller,
  { body }: InputOf<typeof operation>,
): Promise<WithStaffCookie<OutputOf<typeof operation>>> {
  authorise('staff.signIn', caller.principal);
  const wrong = new Failure('unauthenticated', {
    reason: 'INCORRECT_PASSWORD',
    message: 'The address and the password do not match.',
  });
  const email = readEmail(body.email);
  if (email === undefined) throw wrong;
  await countAttempt(deps, `staff login ${email.toLowerCase()} ${caller.address ?? ''}`, 5, 60);
  const account = await accountByEmail(deps.db, email);
  const fits = await isPassword(account?.passwordHash, body.password);
  if (account === undefined || account.disabledAt !== null || !fits) throw wrong;
  const hasPasskey = await hasStaffPasskey(deps.db, account.id);
  const now = deps.clock.now();
  const token = randomKey();
  const [session] = await deps.db
    .insert(staffSessions)
    .values({
      id: randomUUID(),
      accountId: account.id,
      tokenHash: hashToken(token),
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + unprovedLifeMs),
      address: storable(caller.address, 64),
      userAgent: storable(caller.userAgent, 400),
    })
    .returning();
  return new WithStaffCookie(viewSession(session && { session, account }, hasPasskey), token);
}
