'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../hooks/door-api';
import { useSentAge } from '../hooks/use-sent-age';
import { openingsKey } from './door-news';
import { type Openings, withNewest, withOlder } from './openings';

/** Openings of a door: as the server sent them at `madeAt` by its clock, then live, and older ones on demand. */
export function useOpenings(lockId: number, initial: Openings, madeAt: number) {
  const client = useQueryClient();
  const key = openingsKey(lockId);
  const ageOf = useSentAge(key, madeAt, (known: Openings | undefined) => withNewest(known, initial));
  const [loading, setLoading] = useState<'no' | 'yes' | 'failed'>('no');
  const { data, isError } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const newest = await api('locks.openings', { params: { id: lockId } }, { signal });
      return withNewest(client.getQueryData<Openings>(key), newest);
    },
    initialData: initial,
    initialDataUpdatedAt: ageOf,
  });
  const loadMore = async () => {
    if (data.next === null) return;
    setLoading('yes');
    try {
      const older = await api('locks.openings', { params: { id: lockId }, query: { after: data.next } });
      client.setQueryData<Openings>(key, (known) => known && withOlder(known, older));
      setLoading('no');
    } catch {
      setLoading('failed');
    }
  };
  return {
    items: data.items,
    hasMore: data.next !== null,
    isLoadingMore: loading === 'yes',
    hasFailed: isError || loading === 'failed',
    loadMore,
  };
}
