import { and, eq, isNull } from 'drizzle-orm';
import { lockPins } from '@/drizzle/schema';
import type { Executor } from '../../db/client';
import { Failure } from '../../domain/errors';
import { pinsPerHour } from '../../domain/lock/pin';
import type { Principal } from '../../domain/principal';
import type { HomeEvent } from '../../event-store/outbox';
import { type AccessLineOf, recordAccess } from '../access/record-access';
import { recordDeed } from '../audit/record';
import type { Caller, Deps } from '../deps';
import type { LockRow } from '../locks/load-lock';
import { countAttempt } from '../rates/count-attempt';
import type { PinRow } from './view';

/** A code of a lock that is not gone. Raises `not_found`. The caller holds the lock's row. */
export async function findPin(executor: Executor, lockId: number, pinId: string): Promise<PinRow> {
  const [pin] = await executor
    .select()
    .from(lockPins)
    .where(
      and(eq(lockPins.id, pinId.toLowerCase()), eq(lockPins.lockId, lockId), isNull(lockPins.removedAt)),
    );
  if (pin === undefined) throw new Failure('not_found');
  return pin;
}

/** Digits are typed so often at one lock and no more: each answer tells whether somebody has them already. */
export const countDigits = (deps: Pick<Deps, 'db' | 'clock'>, lockId: number): Promise<void> =>
  countAttempt(deps, `pins:${lockId}`, pinsPerHour, 3_600);

const deeds: Record<AccessLineOf['action'], string> = {
  created: 'pin.add',
  changed: 'pin.change',
  revoked: 'pin.remove',
};

/** Keeps what somebody did with a code for the record, and tells the home. Never its digits. */
export async function recordPinDeed(
  executor: Executor,
  { principal, address }: { principal: Principal; address?: Caller['address'] },
  lock: Pick<LockRow, 'id' | 'projectId' | 'homeId'>,
  pin: Pick<PinRow, 'id' | 'name'>,
  action: AccessLineOf['action'],
  at: Date,
): Promise<HomeEvent | undefined> {
  await recordDeed(executor, principal, {
    projectId: lock.projectId ?? 0,
    homeId: lock.homeId,
    action: deeds[action],
    subject: { kind: 'pin', id: pin.id },
    data: { lockId: lock.id, name: pin.name },
    address: address ?? null,
    at,
  });
  return recordAccess(executor, lock.homeId, { kind: 'pin', action, id: pin.id, lockIds: [lock.id] });
}
