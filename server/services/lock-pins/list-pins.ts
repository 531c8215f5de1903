import { and, asc, eq, isNull } from 'drizzle-orm';
import { lockPins } from '@/drizzle/schema';
import type { InputOf } from '../../contracts/operation';
import type { listPins as operation, PinList } from '../../contracts/pins';
import { zoneOf } from '../../domain/access/zone';
import { Failure } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { toKeypad } from './ready-lock';
import { toPin } from './view';

/** GET /locks/{id}/pins (ours): codes that a lock has or is to have, and what its keypad takes. */
export async function listPins(
  { db, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<PinList> {
  const now = clock.now();
  const { lock, home, facts } = await loadLock(db, principal, params.id, now);
  authorise('pins.list', principal, facts);
  if (lock === undefined) throw new Failure('not_found');
  const rows = await db
    .select()
    .from(lockPins)
    .where(and(eq(lockPins.lockId, lock.id), isNull(lockPins.removedAt)))
    .orderBy(asc(lockPins.createdAt), asc(lockPins.id));
  const { zone, isAssumed } = zoneOf(home?.timezone);
  return {
    items: rows.map((row) => toPin(row, now, zone)),
    next: null,
    keypad: await toKeypad(db, lock),
    timezone: zone,
    isTimezoneAssumed: isAssumed,
  };
}
