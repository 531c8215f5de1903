'use client';

import type { HomeLock } from '@/server/contracts/home-locks';
import type { CommissioningView, HubView } from '@/server/contracts/hubs';
import type { LiveMessage } from '@/server/contracts/realtime';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';

/** Where the data of a home's page stands. */
export interface OfHome {
  homeId: number;
  cursor: string;
  /** The service's time of the first paint, epoch milliseconds. */
  madeAt: number;
}

/** A line of the log about a hub: how it stands now, or that it is gone from this home. */
type HubLine = (HubView & { gone?: undefined }) | { hubId: string; gone: true };

/** What is shown until the cache holds something: what came with the page. */
const known = <Data, Query extends { data: Data | undefined }>(initial: Data, query: Query) => ({
  ...query,
  data: query.data ?? initial,
});

async function loadHubs(homeId: number, signal: AbortSignal): Promise<HubView[]> {
  const hubs: HubView[] = [];
  let after: string | undefined;
  do {
    const query = { homeId: String(homeId), ...(after === undefined ? {} : { after }) };
    const { items, next } = await api('hubs.list', { query }, { signal });
    hubs.push(...items);
    after = next ?? undefined;
  } while (after !== undefined);
  return hubs;
}

/** Hubs with one of them as a line of the log tells it. */
export function withHubLine(hubs: readonly HubView[], line: HubLine): HubView[] {
  const others = hubs.filter(({ hubId }) => hubId !== line.hubId);
  if (line.gone === true) return others;
  const at = hubs.findIndex(({ hubId }) => hubId === line.hubId);
  return at < 0 ? [...hubs, line] : hubs.map((hub, index) => (index === at ? line : hub));
}

/** The hubs of a home, live. */
export function useHubs({ homeId, cursor, madeAt }: OfHome, initial: HubView[]) {
  return known(
    initial,
    useHomeData<HubView[]>({
      homeId,
      cursor,
      madeAt,
      initial,
      queryKey: ['hubs', homeId],
      load: (signal) => loadHubs(homeId, signal),
      onMessage: ({ topic, payload }) =>
        topic === 'hub' ? (hubs) => withHubLine(hubs, payload as HubLine) : false,
    }),
  );
}

/** What a message means for the locks of a home: a report is taken in, anything else about them is asked for anew. */
function lockNews(message: LiveMessage): boolean | ((known: HomeLock[]) => HomeLock[]) {
  if (message.topic === 'door') {
    const report = message.payload;
    return (known) => known.map((lock) => (lock.lockId === report.lockId ? { ...lock, ...report } : lock));
  }
  if (message.topic === 'commissioning') return (message.payload as CommissioningView).lockId !== undefined;
  return message.topic === 'home' || message.topic === 'member' || message.topic === 'hub';
}

/** The locks of a home with their hubs, live. */
export function useHomeLocks({ homeId, cursor, madeAt }: OfHome, initial: HomeLock[]) {
  return known(
    initial,
    useHomeData<HomeLock[]>({
      homeId,
      cursor,
      madeAt,
      initial,
      queryKey: ['home-locks', homeId],
      load: async (signal) => (await api('homes.locks', { params: { homeId } }, { signal })).items,
      onMessage: lockNews,
    }),
  );
}

/** Pairings with one of them as it stands now, newest first. */
export function withPairing(
  known: readonly CommissioningView[],
  line: CommissioningView,
): CommissioningView[] {
  const at = known.findIndex(({ id }) => id === line.id);
  if (at >= 0) return known.map((one, index) => (index === at ? line : one));
  return [line, ...known].sort((one, other) => other.createdAt.localeCompare(one.createdAt));
}

export interface Pairings {
  items: CommissioningView[];
  next: string | null;
}

/** The newest pairings of a hub, live. */
export function usePairings({ homeId, cursor, madeAt }: OfHome, hubId: string, initial: Pairings) {
  return known(
    initial,
    useHomeData<Pairings>({
      homeId,
      cursor,
      madeAt,
      initial,
      queryKey: ['pairings', hubId],
      load: (signal) => api('hubs.commissionings', { params: { id: hubId } }, { signal }),
      onMessage: ({ topic, payload }) => {
        if (topic !== 'commissioning') return false;
        const line = payload as CommissioningView;
        return (
          line.hubId === hubId && ((pairings) => ({ ...pairings, items: withPairing(pairings.items, line) }))
        );
      },
    }),
  );
}
