'use client';

import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import type { LiveMessage } from '@/server/contracts/realtime';
import { takeIn } from './take-in';
import { useIsLiveLost, useLiveHomes } from './use-live-home';
import { useSentAge } from './use-sent-age';

const pollLostMs = 10_000;

interface HomeData<Data> {
  homeId: number;
  /** Where the data that came with the page stands in the home's log. */
  cursor: string;
  queryKey: QueryKey;
  /** Beginning of the keys of all queries that the same news change; absent: this one alone. */
  family?: QueryKey;
  load: (signal: AbortSignal) => Promise<Data>;
  /** What came with the page; undefined: nothing of it, so that it is asked for. */
  initial: Data | undefined;
  /** The service's time of the first paint, epoch milliseconds. */
  madeAt: number;
  /** Whether a message changes this data: true asks for it anew; a function makes the new data by itself. */
  onMessage: (message: LiveMessage) => boolean | ((known: Data) => Data);
}

/**
 * Data of one home: as the server sent it with the page, then kept live by the home's log. While the live connection is
 * down it is asked for every ten seconds.
 */
export function useHomeData<Data>({
  homeId,
  cursor,
  queryKey,
  family = queryKey,
  load,
  initial,
  madeAt,
  onMessage,
}: HomeData<Data>) {
  const client = useQueryClient();
  const isLost = useIsLiveLost();
  const ageOf = useSentAge<Data | undefined>(queryKey, madeAt, () => initial);
  const query = useQuery<Data>({
    queryKey,
    queryFn: ({ signal }) => load(signal),
    initialData: initial,
    initialDataUpdatedAt: ageOf,
    refetchInterval: isLost ? pollLostMs : false,
  });
  const reload = () => void client.invalidateQueries({ queryKey: family });
  useLiveHomes([{ homeId, cursor }], {
    onMessage: (message) => {
      const news = onMessage(message);
      if (news === true) reload();
      else if (news !== false) takeIn(client, queryKey, news);
    },
    onResync: reload,
    onRevoked: reload,
  });
  return { ...query, reload };
}
