'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { LiveTopic } from '@/server/contracts/realtime';
import { type HomeAtCursor, useLiveHomes } from '../hooks/use-live-home';

const settleMs = 250;

/** Asks the server for the page anew when something of these kinds happens in one of the homes; shows nothing. */
export function LiveRefresh({
  homes,
  topics,
}: {
  homes: readonly HomeAtCursor[];
  topics: readonly LiveTopic[];
}) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const refresh = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.refresh(), settleMs);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveHomes(homes, {
    onMessage: ({ topic }) => {
      if (topics.includes(topic)) refresh();
    },
    onResync: refresh,
    onRevoked: refresh,
  });
  return null;
}
