import type { verifyEmail as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { markVerified } from '../users/mark-verified';
import { findMailToken, spendMailToken } from './mail-token';

/** POST /auth/user/emailVerification (mode-api 5.7): the token of the mail, once. */
export async function verifyEmail(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('auth.verifyEmail', principal);
  const now = clock.now();
  const { user, events } = await db.transaction(async (tx) => {
    const token = await findMailToken(tx, 'email', body.token, now);
    await spendMailToken(tx, token, now);
    return markVerified(tx, token.user.id, now);
  });
  bus.announce(events);
  return { projectId: user.projectId, email: user.email ?? '' };
}
