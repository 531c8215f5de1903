import { and, eq } from 'drizzle-orm';
import { deviceValues } from '@/drizzle/schema';
import type { getDeviceValue as operation } from '../../contracts/kv';
import { type InputOf, RawJson } from '../../contracts/operation';
import type { Caller, Deps } from '../deps';
import { admit } from '../devices/admit';
import { isKey, noSuchPair, pairText } from './pair';

/** GET /devices/{deviceId}/kv/{key} (mode-api 10). */
export async function getDeviceValue(
  deps: Deps,
  caller: Caller,
  { params }: InputOf<typeof operation>,
): Promise<RawJson> {
  await admit(deps, caller, 'deviceValues.get', params.deviceId);
  if (!isKey(params.key)) throw noSuchPair();
  const [pair] = await deps.db
    .select()
    .from(deviceValues)
    .where(and(eq(deviceValues.deviceId, params.deviceId), eq(deviceValues.key, params.key)));
  if (pair === undefined) throw noSuchPair();
  return new RawJson(pairText(pair));
}
