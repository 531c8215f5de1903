import type { StaffSession } from '../../contracts/staff';
import { toTimestamp } from '../../contracts/values';
import type { FoundSession } from './find-session';

/** Where a sign-in stands, as the wire shows it; `hasPasskey`: the account has one. */
export function viewSession(found: FoundSession | undefined, hasPasskey = false): StaffSession {
  if (found === undefined) return { step: 'password' };
  const { session, account } = found;
  const { id, email, name, role } = account;
  const wanted = account.sealedTotp === null ? 'enrol' : 'code';
  return {
    step: session.provedAt === null ? wanted : 'done',
    ...(session.provedAt === null && wanted === 'code' && hasPasskey ? { hasPasskey } : {}),
    account: { id, email, name, role },
    expirationTime: toTimestamp(session.expiresAt),
  };
}
