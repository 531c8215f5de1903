import type { activateUser as operation } from '../../contracts/auth';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { checkPassword } from '../../domain/account';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { endSessions } from '../user-session/end-sessions';
import { markVerified } from '../users/mark-verified';
import { spendSecrets } from './issue-secret';
import { findMailToken, spendMailToken } from './mail-token';
import { hashPassword } from './password';

/**
 * POST /auth/user/activation (mode-api 10): an invited person sets up the account; the token proves the address, so the
 * account is verified and its places in homes count. Whatever somebody else had set for this address before is gone.
 */
export async function activateUser(
  { db, bus, clock }: Deps,
  { principal, language }: Caller,
  { body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  authorise('auth.activate', principal);
  const now = clock.now();
  const token = await findMailToken(db, 'invitation', body.token, now);
  const failure = checkPassword(body.password, token.user.email ?? undefined);
  if (failure) throw failure;
  const passwordHash = await hashPassword(body.password);
  const { user, events, ended } = await db.transaction(async (tx) => {
    await spendMailToken(tx, token, now);
    await spendSecrets(tx, token.user.id, ['password-reset'], now);
    const verified = await markVerified(tx, token.user.id, now, {
      name: body.name,
      passwordHash,
      registered: true,
      ...(language === undefined ? {} : { language }),
    });
    return { ...verified, ended: await endSessions(tx, token.user.id, now) };
  });
  for (const id of ended) bus.revoke({ kind: 'session', id });
  bus.announce(events);
  return { projectId: user.projectId, email: user.email ?? '' };
}
