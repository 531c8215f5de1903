import { and, eq, sql } from 'drizzle-orm';
import { homeValues } from '@/drizzle/schema';
import type { getHomeValue as operation } from '../../contracts/kv';
import { type InputOf, RawJson } from '../../contracts/operation';
import type { Database } from '../../db/client';
import { prepared } from '../../db/prepared';
import { authorise } from '../../domain/permissions';
import type { Caller, Deps } from '../deps';
import { loadHome } from '../homes/load-home';
import { isKey, noSuchPair, pairText } from './pair';

const valueByKey = prepared((db: Database) =>
  db
    .select()
    .from(homeValues)
    .where(and(eq(homeValues.homeId, sql.placeholder('homeId')), eq(homeValues.key, sql.placeholder('key'))))
    .prepare('home_value_by_key'),
);

/** GET /homes/{homeId}/kv/{key} (mode-api 5.9). */
export async function getHomeValue(
  { db }: Deps,
  { principal }: Caller,
  { params }: InputOf<typeof operation>,
): Promise<RawJson> {
  const { facts } = await loadHome(db, principal, params.homeId);
  authorise('homeValues.get', principal, facts);
  const [pair] = isKey(params.key) ? await valueByKey(db).execute(params) : [];
  if (pair === undefined) throw noSuchPair();
  return new RawJson(pairText(pair));
}
