'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useIsLiveLost } from '../hooks/use-live-home';
import { useReloadAt } from '../hooks/use-reload-at';
import { doorKey } from './door-news';

/** Somebody stands at the door and waits. */
const soonMs = 250;

interface DoorWatchProps {
  lockId: number;
  /** When the door becomes another by the clock alone. */
  changesAt: string | undefined;
  /** When the shown opening must have come to its end, the service's time, if that was not heard of. */
  endsAt: number | undefined;
  /** Changes whenever the door was loaded. */
  loadedAt: number;
}

/**
 * Asks for a door where nothing tells of what has changed: by the clock, while nothing could be heard, and when an opening
 * must be over, since silence is told as "nothing came of it" only by a page that has asked. Shows nothing.
 */
export function DoorWatch({ lockId, changesAt, endsAt, loadedAt }: DoorWatchProps) {
  const client = useQueryClient();
  const isLost = useIsLiveLost();
  const reload = () => void client.invalidateQueries({ queryKey: doorKey(lockId) });
  useReloadAt(changesAt === undefined ? undefined : Date.parse(changesAt), loadedAt, reload);
  useReloadAt(endsAt, loadedAt, reload, soonMs);
  const isBack = useEffectEvent(reload);
  const wasLost = useRef(false);
  useEffect(() => {
    if (wasLost.current && !isLost) isBack();
    wasLost.current = isLost;
  }, [isLost]);
  return null;
}
