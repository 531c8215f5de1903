'use client';

import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useServerTime } from '../time/clock';

/**
 * For data that came with a page: gives its moment on this browser's clock, which is the one its age is judged by, and
 * puts it into the cache where that holds something older. A page fetched ahead can itself be minutes old.
 *
 * @param madeAt when the page was made, by the service's clock
 */
export function useSentAge<Data>(
  key: QueryKey,
  madeAt: number,
  merge: (known: Data | undefined) => Data,
): () => number {
  const client = useQueryClient();
  const serverTime = useServerTime();
  const moment = () => madeAt - (serverTime() - Date.now());
  const takeIn = useEffectEvent((_made: number) => {
    const updatedAt = moment();
    if ((client.getQueryState(key)?.dataUpdatedAt ?? 0) < updatedAt) {
      client.setQueryData<Data>(key, merge, { updatedAt });
    }
  });
  useEffect(() => takeIn(madeAt), [madeAt]);
  return moment;
}
