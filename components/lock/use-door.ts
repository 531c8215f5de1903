'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DoorView } from '@/server/contracts/locks';
import { isRunning } from '@/server/domain/lock/predicates';
import { api } from '../hooks/door-api';
import { liveStatus, useIsLiveLost } from '../hooks/use-live-home';
import { useSentAge } from '../hooks/use-sent-age';
import { doorKey, doorsKey, hearOfOpening, pollLostMs, useLiveDoors } from './door-news';
import { withLoaded } from './merge';

/** While an opening runs, every moment counts. */
const pollRunningMs = 700;

/**
 * One door: as the server sent it at `madeAt` by its clock, then live. While an opening runs, a missing live connection
 * is made up for by asking.
 */
export function useDoor(initial: DoorView, madeAt: number) {
  const client = useQueryClient();
  const isLost = useIsLiveLost();
  const key = doorKey(initial.lockId);
  const ageOf = useSentAge(key, madeAt, (known: DoorView | undefined) => withLoaded(known, initial));
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const params = { id: initial.lockId };
      const loaded = await api('locks.get', { params }, { signal, timeoutMs: 4_000 });
      const door = withLoaded(client.getQueryData<DoorView>(key), loaded);
      if (door.opening !== undefined) hearOfOpening(client, door.opening);
      return door;
    },
    // The list of all doors was live until now; a page fetched ahead was not.
    initialData: () => {
      const listed = client.getQueryData<DoorView[]>(doorsKey);
      return withLoaded(
        listed?.find(({ lockId }) => lockId === initial.lockId),
        initial,
      );
    },
    initialDataUpdatedAt: ageOf,
    refetchInterval: ({ state }) => {
      const opening = state.data?.opening;
      if (liveStatus() !== 'live' && opening !== undefined && isRunning(opening)) return pollRunningMs;
      return isLost ? pollLostMs : false;
    },
  });
  useLiveDoors([query.data]);
  return query;
}
