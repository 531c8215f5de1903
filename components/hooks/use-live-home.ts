'use client';

import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { LiveMessage } from '@/server/contracts/realtime';
import { LaterConnection } from './later-connection';
import type { LiveStatus } from './live-connection';
import { inOwnTask } from './turns';

/** The page's one connection. Its script is loaded after hydration, so that it never delays a door. */
const connection = new LaterConnection(async () => {
  await new Promise<void>((resolve) => inOwnTask(resolve));
  return (await import('./open-connection')).openConnection();
});

/** A home to listen to and where the page's data of it stands. */
export interface HomeAtCursor {
  homeId: number;
  cursor: string;
}

export interface HomeNews {
  onMessage(message: LiveMessage): void;
  onResync(homeId: number): void;
  onRevoked(homeId: number): void;
}

/** Listens to homes while the component is shown, from the cursors of their first paint on. */
export function useLiveHomes(homes: readonly HomeAtCursor[], news: HomeNews): void {
  const onMessage = useEffectEvent(news.onMessage);
  const onResync = useEffectEvent(news.onResync);
  const onRevoked = useEffectEvent(news.onRevoked);
  const starts = useEffectEvent(
    () => new Map(homes.toReversed().map(({ homeId, cursor }) => [homeId, cursor])),
  );
  // Later cursors are the connection's own business: only another set of homes subscribes anew.
  const watched = [...new Set(homes.map(({ homeId }) => homeId))].sort((one, other) => one - other).join(',');

  useEffect(() => {
    const cursors = starts();
    const stops = (watched === '' ? [] : watched.split(',').map(Number)).map((homeId) =>
      connection.watch(homeId, cursors.get(homeId), {
        onMessage: (message) => onMessage(message),
        onResync: () => onResync(homeId),
        onRevoked: () => onRevoked(homeId),
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [watched]);
}

const subscribeToStatus = (changed: () => void) => connection.onStatus(changed);

/** Whether the page is up to date by itself, at this moment; for handlers. */
export const liveStatus = (): LiveStatus => connection.status;

/** Whether the page is no longer up to date by itself. Does not render again while the connection is only on its way. */
export const useIsLiveLost = (): boolean =>
  useSyncExternalStore(
    subscribeToStatus,
    () => connection.status === 'lost',
    () => false,
  );
