import { eq } from 'drizzle-orm';
import { locks } from '@/drizzle/schema';
import { envelope } from '../../contracts/envelope';
import type { createLock as operation } from '../../contracts/lock-commands';
import type { InputOf, OutputOf } from '../../contracts/operation';
import { isDuplicate } from '../../db/errors';
import { Failure, invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { type Principal, projectOf } from '../../domain/principal';
import type { Caller, Deps } from '../deps';
import { insertLock } from './create-lock';
import { findPerson } from './find-person';
import type { LockRow } from './load-lock';

type Output = OutputOf<typeof operation>;

const taken = (field: string) =>
  new Failure('conflict', { message: `${field}: is taken`, issues: [{ field, message: 'is taken' }] });

/** The caller's own lock of that uuid is the one that was asked for; whatever else has the id or the uuid is in the way. */
function isSame(lock: LockRow, uuid: string, principal: Principal): boolean {
  const isOurs = principal.kind === 'superKey' || lock.projectId === projectOf(principal);
  return isOurs && lock.uuid === uuid && lock.removedAt === null;
}

/**
 * POST /locks/{id}/CreateLock (lock-api 7): a super key makes a lock of no organisation, other keys one of their own.
 * Answers the lock's MQTT password this once. Raises `conflict` when id or uuid stand for another lock, a removed one too.
 */
export async function enrolLock(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<Output> {
  authorise('locks.create', principal);
  if (body.index !== params.id) throw invalidField('index', 'must equal the id in the path');
  const projectId = projectOf(principal) ?? null;
  const find = async (): Promise<Output | undefined> => {
    const [lock] = await db.select().from(locks).where(eq(locks.id, params.id));
    if (lock === undefined) return undefined;
    if (!isSame(lock, body.uuid, principal)) throw taken('index');
    return { ...envelope(lock.id, lock.version, null), lockId: lock.id };
  };
  const there = await find();
  if (there !== undefined) return there;
  const people = [body.ownerId, ...(body.keys ?? []).map(({ userId }) => userId)];
  for (const userId of new Set(people)) if (userId !== undefined) await findPerson(db, projectId, { userId });
  const { uuid, serialNumber, vendorName, ownerId } = body;
  const keys = body.keys?.map((key) => ({
    uuid: key.uuid,
    ...(key.indexNumber === undefined ? {} : { indexNumber: key.indexNumber }),
    ...(key.userId === undefined ? {} : { userId: key.userId }),
  }));
  try {
    const { lock, event } = await db.transaction((tx) =>
      insertLock(
        tx,
        {
          id: params.id,
          name: body.name ?? `Lock ${params.id}`,
          ...{ projectId, uuid, serialNumber, vendorName, ownerId, keys },
        },
        clock.now(),
      ),
    );
    return {
      ...envelope(lock.id, 1, { type: event.type, data: event.data as Record<string, unknown> }),
      lockId: lock.id,
      thing: lock.thing,
      mqtt: lock.mqtt,
    };
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    // Somebody was quicker: with the same lock, or with another one.
    const quicker = await find();
    if (quicker !== undefined) return quicker;
    throw taken('uuid');
  }
}
