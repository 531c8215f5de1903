import { eq } from 'drizzle-orm';
import { users } from '@/drizzle/schema';
import type { resetPassword as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { checkPassword } from '../../domain/account';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { endSessions } from '../user-session/end-sessions';
import { findMailToken, spendMailToken } from './mail-token';
import { hashPassword } from './password';

/**
 * POST /auth/user/passwordReset (mode-api 5.7): sets the password and ends all sessions; it verifies nothing. A password
 * that is refused leaves the token good.
 */
export async function resetPassword(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('auth.resetPassword', principal);
  const now = clock.now();
  const token = await findMailToken(db, 'password-reset', body.token, now);
  const { user } = token;
  const failure = checkPassword(body.newPassword, user.email ?? undefined, 'newPassword');
  if (failure) throw failure;
  const passwordHash = await hashPassword(body.newPassword);
  const ended = await db.transaction(async (tx) => {
    await spendMailToken(tx, token, now);
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id));
    return endSessions(tx, user.id, now);
  });
  for (const id of ended) bus.revoke({ kind: 'session', id });
  return { projectId: user.projectId, email: user.email ?? '' };
}
