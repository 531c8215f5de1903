import type { getLockDetails as operation } from '../../contracts/lock-queries';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { loadEvents } from '../../event-store/load';
import type { Caller, Deps } from '../deps';
import { authoriseLock } from './authorise-lock';
import { describeLock } from './get-basic-info';
import { readResidents } from './list-residents';
import { loadState } from './load-state';

/** GET /locks/{id}/details (lock-api 7): basic-info with keys and residents. */
export async function getDetails(
  deps: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db } = deps;
  const lock = await authoriseLock(deps, 'locks.details', principal, params.id);
  const { keys } = await loadState(db, lock);
  const residents = await readResidents(db, lock.id);
  const [newest] = await loadEvents(db, 'lock', String(lock.id), { limit: 1, offset: 0 });
  return {
    ...(await describeLock(db, lock)),
    keys: [...keys],
    residents: residents.map(({ userId, name, email }) => ({
      userId: String(userId),
      name,
      ...(email === null ? {} : { email }),
    })),
    timestamp: toTimestamp(newest?.createdAt ?? lock.createdAt),
  };
}
