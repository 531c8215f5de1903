import { sql } from 'drizzle-orm';
import type { putHomeValue as operation } from '../../contracts/kv';
import type { InputOf } from '../../contracts/operation';
import { toTimestamp } from '../../contracts/values';
import { invalidField } from '../../domain/errors';
import { authorise } from '../../domain/permissions';
import { record } from '../../event-store/outbox';
import type { Caller, Deps } from '../deps';
import { recordEvent } from '../events/record-event';
import { loadHome } from '../homes/load-home';
import { noSuchPair, pairsMost, pairText, readPut } from './pair';
import { type PutFacts, putFacts, requireValueRoom } from './require-value-room';

/**
 * PUT /homes/{homeId}/kv/{key} (mode-api 5.9): saves a pair, new or not. The home's log is written first: it holds the
 * home's row, so that the count of pairs is right whoever writes at the same time.
 */
export async function putHomeValue(
  { db, bus, clock }: Deps,
  { principal }: Caller,
  input: InputOf<typeof operation>,
): Promise<undefined> {
  const { homeId } = input.params;
  const { facts } = await loadHome(db, principal, homeId);
  authorise('homeValues.put', principal, facts);
  const pair = { ...readPut(input), modifiedAt: clock.now() };
  const { key, value, modifiedAt } = pair;
  const timestamp = toTimestamp(modifiedAt);
  const lines = await db.transaction(async (tx) => {
    const line = await record(tx, homeId, 'kv', { action: 'saved', key, modificationTime: timestamp });
    if (line === undefined) throw noSuchPair();
    const saved = await tx.execute<PutFacts>(sql`
      insert into home_values (home_id, key, value, modified_at)
      select ${homeId}::bigint, ${key}::text, ${value}::text, ${timestamp}::timestamptz
      where exists (select from home_values where home_id = ${homeId} and key = ${key})
        or (select count(*) from home_values where home_id = ${homeId}) < ${pairsMost}::int
      on conflict (home_id, key) do update set value = excluded.value, modified_at = excluded.modified_at
      returning ${putFacts(homeId, sql`home_values where home_id = ${homeId} and key = ${key}`)}`);
    const [facts] = saved;
    if (facts === undefined) throw invalidField('key', `a home holds ${pairsMost} pairs or fewer`);
    await requireValueRoom(tx, homeId, facts, Buffer.byteLength(key) + Buffer.byteLength(value));
    const event = await recordEvent(
      tx,
      { eventType: '_keyValueSaved_', eventData: { key, modificationTime: timestamp }, timestamp, homeId },
      pairText(pair),
    );
    return [line, event];
  });
  bus.announce(lines);
}
