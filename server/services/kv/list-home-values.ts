import { and, eq, sql } from 'drizzle-orm';
import { homeValues } from '@/drizzle/schema';
import type { listHomeValues as operation } from '../../contracts/kv';
import { type InputOf, RawJson } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { authoriseInHome } from '../homes/authorise-in-home';
import { loadHome } from '../homes/load-home';
import { isKeyPrefix, listText } from './pair';

/** GET /homes/{homeId}/kv (mode-api 5.9): pairs whose key starts with `keyPrefix`, sorted by key. */
export async function listHomeValues(
  { db }: Deps,
  { principal }: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<RawJson> {
  const { facts } = await loadHome(db, principal, params.homeId);
  authoriseInHome('homeValues.list', principal, facts);
  const prefix = query.keyPrefix ?? '';
  if (!isKeyPrefix(prefix)) return new RawJson('[]');
  const rows = await db
    .select()
    .from(homeValues)
    .where(and(eq(homeValues.homeId, params.homeId), sql`starts_with(${homeValues.key}, ${prefix})`))
    .orderBy(sql`${homeValues.key} collate "C"`);
  return new RawJson(listText(rows));
}
