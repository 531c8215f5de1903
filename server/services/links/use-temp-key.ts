import { eq, sql } from 'drizzle-orm';
import { guestLinks, homes } from '@/drizzle/schema';
import { envelope } from '../../contracts/envelope';
import type { InputOf, OutputOf } from '../../contracts/operation';
import type { useTempKey as operation } from '../../contracts/temp-keys';
import { linkStanding } from '../../domain/access/standing';
import { zoneOf } from '../../domain/access/zone';
import { Failure, invalidField } from '../../domain/errors';
import { decideUse } from '../../domain/lock/temp-key';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadLock } from '../locks/load-lock';
import { appendToLock } from './append-to-lock';
import { holdLink } from './hold-link';
import { linkStateOf } from './view';

/**
 * POST /locks/{id}/use-temp-key (lock-api 7, internal): counts a use that happened elsewhere. Raises `invalid` when the
 * key is not good now.
 */
export async function useTempKey(
  { db, clock }: Deps,
  { principal }: Caller,
  { params, body }: InputOf<typeof operation>,
): Promise<OutputOf<typeof operation>> {
  const tempKeyUuid = body.tempKeyUuid.toLowerCase();
  const { lock, facts } = await loadLock(db, principal, params.id, clock.now());
  authorise('locks.useTempKey', principal, facts);
  return db.transaction(async (tx) => {
    const now = clock.now();
    const held = await holdLink(tx, tempKeyUuid);
    const own = held?.doors.find((door) => door.lock.id === lock?.id);
    if (held === undefined || own === undefined) throw new Failure('not_found');
    const { link } = held;
    const [home] = link.homeId === null ? [] : await tx.select().from(homes).where(eq(homes.id, link.homeId));
    const { state } = linkStanding(linkStateOf(link), now, zoneOf(home?.timezone).zone);
    if (state !== 'open') throw invalidField('tempKeyUuid', `is ${state}`);
    const usedCount = link.usedCount + 1;
    await tx
      .update(guestLinks)
      .set({ usedCount: sql`${guestLinks.usedCount} + 1`, lastUsedAt: now })
      .where(eq(guestLinks.uuid, tempKeyUuid));
    const userId = body.userId === undefined ? undefined : String(body.userId);
    const place = { lockId: own.lock.id, uuid: own.lock.uuid, tempKeyUuid, at: now };
    const events = decideUse({ known: true }, place, { usedCount, userId });
    const version = await appendToLock(tx, own.lock, events, now);
    const [event] = events;
    return {
      ...envelope(
        own.lock.id,
        version,
        event === undefined ? null : { type: event.type, data: { ...event.data } },
      ),
      tempKeyUuid,
    };
  });
}
