import { api, apiText } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { type Pair, readPair, readPairs } from './pairs';

/** Whose pairs they are: a home's, or those of one of its devices. */
export interface KvOwner {
  homeId: number;
  deviceId?: number;
}

/** Beginning of the cache keys of all that is known of an owner's pairs. */
export const kvKey = ({ homeId, deviceId }: KvOwner) => ['kv', homeId, deviceId ?? 'home'] as const;

const put = (value: string) => ({ rawBody: `{"value":${value}}` });

/** Pairs whose key starts with `prefix`. */
export async function loadPairs(
  { homeId, deviceId }: KvOwner,
  prefix: string,
  signal?: AbortSignal,
): Promise<Pair[]> {
  const query = prefix === '' ? {} : { keyPrefix: prefix };
  const options = signal === undefined ? {} : { signal };
  const text =
    deviceId === undefined
      ? await apiText('homeValues.list', { params: { homeId }, query }, options)
      : await apiText('deviceValues.list', { params: { deviceId }, query }, options);
  return readPairs(text);
}

/** One pair as it stands now; undefined: there is none. */
export async function loadPair({ homeId, deviceId }: KvOwner, key: string): Promise<Pair | undefined> {
  try {
    const text =
      deviceId === undefined
        ? await apiText('homeValues.get', { params: { homeId, key } })
        : await apiText('deviceValues.get', { params: { deviceId, key } });
    return readPair(text);
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

export async function savePair({ homeId, deviceId }: KvOwner, key: string, value: string): Promise<void> {
  const body = { value: undefined };
  if (deviceId === undefined) await api('homeValues.put', { params: { homeId, key }, body }, put(value));
  else await api('deviceValues.put', { params: { deviceId, key }, body }, put(value));
}

export async function deletePair({ homeId, deviceId }: KvOwner, key: string): Promise<void> {
  if (deviceId === undefined) await api('homeValues.delete', { params: { homeId, key } });
  else await api('deviceValues.delete', { params: { deviceId, key } });
}
