import { and, eq, sql } from 'drizzle-orm';
import { deviceValues } from '@/drizzle/schema';
import type { listDeviceValues as operation } from '../../contracts/kv';
import { type InputOf, RawJson } from '../../contracts/operation';
import { Failure, invalidField } from '../../domain/errors';
import type { Caller, Deps } from '../deps';
import { admit } from '../devices/admit';
import { isKeyPrefix, listText } from './pair';

/** GET /devices/{deviceId}/kv (mode-api 10): pairs whose key starts with `keyPrefix`, sorted by key. */
export async function listDeviceValues(
  deps: Deps,
  caller: Caller,
  { params, query }: InputOf<typeof operation>,
): Promise<RawJson> {
  await admit(deps, caller, 'deviceValues.list', params.deviceId).catch((error: unknown) => {
    // The call lists no 404 (mode-api 1.4, rule 3).
    if (error instanceof Failure && error.code === 'not_found')
      throw invalidField('deviceId', 'there is no such device', 'INVALID_DEVICE_ID');
    throw error;
  });
  const prefix = query.keyPrefix ?? '';
  if (!isKeyPrefix(prefix)) return new RawJson('[]');
  const rows = await deps.db
    .select()
    .from(deviceValues)
    .where(and(eq(deviceValues.deviceId, params.deviceId), sql`starts_with(${deviceValues.key}, ${prefix})`))
    .orderBy(sql`${deviceValues.key} collate "C"`);
  return new RawJson(listText(rows));
}
