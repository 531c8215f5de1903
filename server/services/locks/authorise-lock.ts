import type { OperationId } from '../../contracts/registry';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { type LockRow, loadLock } from './load-lock';

/** The lock that a call is about, once the caller may make that call. Raises `not_found` and `forbidden` (lock-api 3). */
export async function authoriseLock(
  { db }: Pick<Deps, 'db'>,
  operation: OperationId,
  principal: Principal,
  lockId: number,
): Promise<LockRow> {
  const { lock, facts } = await loadLock(db, principal, lockId);
  authorise(operation, principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  return lock;
}
