import type { changeLockUuid as operation } from '../../contracts/lock-commands';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { isDuplicate } from '../../db/errors';
import { Failure } from '../../domain/errors';
import { shadowAnswerMs } from '../../domain/lock/opening';
import { identityOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { createThing } from '../things/create-thing';
import { authoriseLock } from './authorise-lock';
import { answerOf, commandLock } from './change-lock';
import { lockThing } from './load-lock';

/**
 * POST /locks/{id}/ChangeLockUuid (lock-api 7): another device takes the lock's place. The former MQTT identity is
 * revoked, running openings are closed, and the new identity's password is answered this once. Raises `conflict` when the
 * uuid is the lock's, or was ever a lock's.
 */
export async function changeUuid(
  deps: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const { db, clock, bus, shadow } = deps;
  const lock = await authoriseLock(deps, 'locks.changeUuid', principal, params.id);
  const thing = lockThing(body.newUuid);
  try {
    const { changed, mqtt } = await db.transaction(async (tx) => {
      const done = await commandLock(
        tx,
        lock.id,
        { type: 'ChangeUuid', newUuid: body.newUuid },
        clock.now(),
        identityOf(principal),
      );
      const { projectId } = done.lock;
      return { changed: done, mqtt: await createThing(tx, { name: thing, kind: 'lock', projectId }) };
    });
    bus.announce(changed.lines);
    // Best effort: nobody can read the former shadow any more, and what stands there expires.
    const former = lockThing(changed.lock.uuid);
    void shadow.update(former, { desired: { command: null } }, `withdraw.${former}`, shadowAnswerMs);
    return { ...answerOf(changed), thing, mqtt };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const issues = [{ field: 'newUuid', message: 'is taken' }];
    throw new Failure('conflict', { message: 'newUuid: is taken', issues });
  }
}
