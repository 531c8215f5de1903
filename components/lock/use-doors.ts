'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { DoorView } from '@/server/contracts/locks';
import type { AnswerOf } from '../hooks/call';
import { api } from '../hooks/door-api';
import { useCutOff } from '../hooks/use-cut-off';
import { useIsLiveLost } from '../hooks/use-live-home';
import { useSentAge } from '../hooks/use-sent-age';
import { doorsKey, pollLostMs, useLiveDoors } from './door-news';
import { withLoaded } from './merge';

/** People are shown doors; the same list shows locks to keys. */
const isDoor = (item: AnswerOf<'locks.list'>['items'][number]): item is DoorView => 'cursor' in item;

const withList = (known: readonly DoorView[] | undefined, loaded: readonly DoorView[]): DoorView[] => {
  const byId = new Map(known?.map((door) => [door.lockId, door]));
  return loaded.map((door) => withLoaded(byId.get(door.lockId), door));
};

/** Doors of all homes: as the server sent them at `madeAt` by its clock, then live. `isOld`: what they are now may not be heard. */
export function useDoors(initial: DoorView[], madeAt: number) {
  const client = useQueryClient();
  const isLost = useIsLiveLost();
  const isCutOff = useCutOff() !== undefined;
  const ageOf = useSentAge(doorsKey, madeAt, (known: DoorView[] | undefined) => withList(known, initial));
  const { data: doors, isError } = useQuery({
    queryKey: doorsKey,
    queryFn: async ({ signal }) => {
      const { items } = await api('locks.list', {}, { signal });
      return withList(client.getQueryData<DoorView[]>(doorsKey), items.filter(isDoor));
    },
    initialData: initial,
    initialDataUpdatedAt: ageOf,
    refetchInterval: isLost ? pollLostMs : false,
  });
  useLiveDoors(doors);
  return { doors, isError, isOld: isCutOff || isError };
}
