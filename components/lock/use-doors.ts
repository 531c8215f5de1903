'use client';

import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DoorView, OpeningView } from '@/server/contracts/locks';
import type { LiveMessage } from '@/server/contracts/realtime';
import { isRunning } from '@/server/domain/lock/predicates';
import type { AnswerOf } from '../hooks/call';
import { api } from '../hooks/door-api';
import { useLiveHomes, useLiveStatus } from '../hooks/use-live-home';
import { useSentAge } from '../hooks/use-sent-age';
import { newerOpening, withLoaded, withOpening, withReport } from './merge';
import { type Openings, withHeard } from './openings';

const doorsKey = ['doors'] as const;
export const doorKey = (lockId: number) => ['door', lockId] as const;
export const openingsKey = (lockId: number) => ['openings', lockId] as const;
/** What was told of the opening with a requestId, also when a later opening has taken its place at the door. */
export const openingKey = (requestId: string) => ['opening', requestId] as const;

/** How often to ask while the live connection is down; while an opening runs, every moment counts. */
const pollLostMs = 5_000;
const pollRunningMs = 700;

function changeDoor(client: QueryClient, lockId: number, change: (door: DoorView) => DoorView): void {
  client.setQueryData<DoorView>(doorKey(lockId), (door) => (door === undefined ? door : change(door)));
  client.setQueryData<DoorView[]>(doorsKey, (doors) =>
    doors?.map((door) => (door.lockId === lockId ? change(door) : door)),
  );
}

/** Takes in what is said of an opening: for the activity of its door, and for the page that asked for it. */
function hearOfOpening(client: QueryClient, opening: OpeningView): void {
  client.setQueryData<Openings>(openingsKey(opening.lockId), (known) => known && withHeard(known, opening));
  if (opening.requestId === undefined) return;
  client.setQueryData<OpeningView>(openingKey(opening.requestId), (known) => newerOpening(known, opening));
}

/** An opening of a door by its id, from what this page has seen of it. */
export function knownOpening(client: QueryClient, lockId: number, id: string): OpeningView | undefined {
  const listed = client.getQueryData<Openings>(openingsKey(lockId))?.items ?? [];
  const remembered = client
    .getQueriesData<OpeningView>({ queryKey: ['opening'] })
    .map(([, opening]) => opening);
  return [...listed, ...remembered].find((opening) => opening?.id === id);
}

function applyNews(client: QueryClient, message: LiveMessage): void {
  if (message.topic === 'door') {
    const report = message.payload;
    changeDoor(client, report.lockId, (door) => withReport(door, report));
  } else if (message.topic === 'opening') {
    const opening = message.payload;
    changeDoor(client, opening.lockId, (door) => withOpening(door, opening));
    hearOfOpening(client, opening);
  } else if (message.topic === 'member' || message.topic === 'home') {
    void client.invalidateQueries();
  }
}

function useLiveDoors(doors: readonly DoorView[]): void {
  const client = useQueryClient();
  const reload = () => void client.invalidateQueries();
  useLiveHomes(doors, {
    onMessage: (message) => applyNews(client, message),
    onResync: reload,
    onRevoked: reload,
  });
}

/** People are shown doors; the same list shows locks to keys. */
const isDoor = (item: AnswerOf<'locks.list'>['items'][number]): item is DoorView => 'cursor' in item;

const withList = (known: readonly DoorView[] | undefined, loaded: readonly DoorView[]): DoorView[] => {
  const byId = new Map(known?.map((door) => [door.lockId, door]));
  return loaded.map((door) => withLoaded(byId.get(door.lockId), door));
};

/** Doors of all homes: as the server sent them at `madeAt` by its clock, then live. */
export function useDoors(initial: DoorView[], madeAt: number) {
  const client = useQueryClient();
  const isLost = useLiveStatus() === 'lost';
  const ageOf = useSentAge(doorsKey, madeAt, (known: DoorView[] | undefined) => withList(known, initial));
  const query = useQuery({
    queryKey: doorsKey,
    queryFn: async ({ signal }) => {
      const { items } = await api('locks.list', {}, { signal });
      return withList(client.getQueryData<DoorView[]>(doorsKey), items.filter(isDoor));
    },
    initialData: initial,
    initialDataUpdatedAt: ageOf,
    refetchInterval: isLost ? pollLostMs : false,
  });
  useLiveDoors(query.data);
  return query;
}

/**
 * One door: as the server sent it at `madeAt` by its clock, then live. While an opening runs, a missing live connection
 * is made up for by asking.
 */
export function useDoor(initial: DoorView, madeAt: number) {
  const client = useQueryClient();
  const status = useLiveStatus();
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
      const isBehind = status !== 'live';
      if (isBehind && opening !== undefined && isRunning(opening)) return pollRunningMs;
      return status === 'lost' ? pollLostMs : false;
    },
  });
  useLiveDoors([query.data]);
  return query;
}
