import type { DoorView } from '../../contracts/locks';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Deps } from '../deps';
import { type Onlooker, readDoors } from './list-doors';
import { loadLock } from './load-lock';

/** GET /locks/{id} (ours): one door as the caller sees it. */
export async function getDoor({ db }: Deps, onlooker: Onlooker, { id }: { id: number }): Promise<DoorView> {
  const { facts } = await loadLock(db, onlooker.principal, id);
  authorise('locks.get', onlooker.principal, facts);
  const [door] = await readDoors(db, onlooker, id);
  if (door === undefined) throw new Failure('forbidden', { reason: 'PERMISSION_DENIED' });
  return door;
}
