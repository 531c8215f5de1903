import type { DoorView } from '../../contracts/locks';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import { readDoors } from './list-doors';
import { loadLock } from './load-lock';

/** GET /locks/{id} (ours): one door as the caller sees it. */
export async function getDoor({ db }: Deps, principal: Principal, { id }: { id: number }): Promise<DoorView> {
  const { facts } = await loadLock(db, principal, id);
  authorise('locks.get', principal, facts);
  const [door] = await readDoors(db, principal, id);
  if (door === undefined) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  return door;
}
