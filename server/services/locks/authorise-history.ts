import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { type LockRow, loadLock } from './load-lock';

/**
 * A lock whose history the caller may read, in the home that it stands in now: what it told elsewhere is not of this
 * home. Raises `forbidden` and `not_found`.
 */
export async function authoriseHistory(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  operation: 'locks.history' | 'locks.condition',
  principal: Principal,
  lockId: number,
): Promise<{ lock: LockRow; homeId: number; zone: string }> {
  const { lock, home, facts } = await loadLock(db, principal, lockId, clock.now());
  authorise(operation, principal, facts);
  if (lock === undefined || home === undefined) throw new Failure('not_found');
  return { lock, homeId: home.id, zone: zoneOf(home.timezone).zone };
}
