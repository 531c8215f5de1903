'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import type { DoorView, OpeningView } from '@/server/contracts/locks';
import type { LiveMessage } from '@/server/contracts/realtime';
import { useLiveHomes } from '../hooks/use-live-home';
import { newerOpening, withOpening, withReport } from './merge';
import { type Openings, withHeard } from './openings';

export const doorsKey = ['doors'] as const;
export const doorKey = (lockId: number) => ['door', lockId] as const;
export const openingsKey = (lockId: number) => ['openings', lockId] as const;
/** What was told of the opening with a requestId, also when a later opening has taken its place at the door. */
export const openingKey = (requestId: string) => ['opening', requestId] as const;

/** How often to ask for doors while the live connection is down. */
export const pollLostMs = 5_000;

function changeDoor(client: QueryClient, lockId: number, change: (door: DoorView) => DoorView): void {
  client.setQueryData<DoorView>(doorKey(lockId), (door) => (door === undefined ? door : change(door)));
  client.setQueryData<DoorView[]>(doorsKey, (doors) =>
    doors?.map((door) => (door.lockId === lockId ? change(door) : door)),
  );
}

/** Takes in what is said of an opening: for the activity of its door, and for the page that asked for it. */
export function hearOfOpening(client: QueryClient, opening: OpeningView): void {
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

/** Keeps what is known of these doors up to date by what their homes tell. */
export function useLiveDoors(doors: readonly DoorView[]): void {
  const client = useQueryClient();
  const reload = () => void client.invalidateQueries();
  useLiveHomes(doors, {
    onMessage: (message) => applyNews(client, message),
    onResync: reload,
    onRevoked: reload,
  });
}
