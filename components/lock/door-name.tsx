'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { useServerTime } from '../time/clock';
import { doorKey } from './door-news';

interface DoorNameProps {
  lockId: number;
  /** As the server knew it at `madeAt` by its clock; a page fetched ahead may be some minutes old. */
  name: string;
  madeAt: number;
}

/** What the door is called: as the page was sent, or as this browser has learned since. */
export function DoorName({ lockId, name, madeAt }: DoorNameProps) {
  const client = useQueryClient();
  const serverTime = useServerTime();
  const known = useSyncExternalStore(
    (onChange) => client.getQueryCache().subscribe(onChange),
    () => client.getQueryState<DoorView>(doorKey(lockId)),
    () => undefined,
  );
  const sentAt = madeAt - (serverTime() - Date.now());
  return known?.data !== undefined && known.dataUpdatedAt > sentAt ? known.data.name : name;
}
