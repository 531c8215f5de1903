import { and, eq } from 'drizzle-orm';
import { homeValues } from '@/drizzle/schema';
import type { deleteHomeValue as operation } from '../../contracts/kv';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { authorise } from '../../domain/permissions';
import { record } from '../../event-store/outbox';
import type { Caller, Deps } from '../deps';
import { recordEvent } from '../events/record-event';
import { loadHome } from '../homes/load-home';
import { isKey, noSuchPair } from './pair';

/** DELETE /homes/{homeId}/kv/{key} (mode-api 5.9). */
export async function deleteHomeValue(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<undefined> {
  const { homeId, key } = params;
  const { facts } = await loadHome(db, principal, homeId);
  authorise('homeValues.delete', principal, facts);
  if (!isKey(key)) throw noSuchPair();
  const lines = await db.transaction(async (tx) => {
    const line = await record(tx, homeId, 'kv', { action: 'deleted', key });
    const deleted = await tx
      .delete(homeValues)
      .where(and(eq(homeValues.homeId, homeId), eq(homeValues.key, key)))
      .returning({ key: homeValues.key });
    if (deleted.length === 0) throw noSuchPair();
    const event = await recordEvent(tx, {
      eventType: '_keyValueDeleted_',
      eventData: { key },
      timestamp: toTimestamp(clock.now()),
      homeId,
    });
    return [line, event];
  });
  bus.announce(lines);
}
