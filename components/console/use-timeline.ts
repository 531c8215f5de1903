'use client';

import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { TimelineLine } from '@/server/contracts/console';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { mergeLines, newsAfter } from './timeline-lines';

const everyMs = 3_000;

export interface TimelineState {
  lines: readonly TimelineLine[];
  hasOlder: boolean;
  hasNewer: boolean;
  isFailing: boolean;
  isLoading: boolean;
  load: (side: 'older' | 'newer') => Promise<void>;
  /** Asks for news now. */
  refresh: () => void;
}

/** The timeline of a home: what was sent with the page, older and newer lines on demand, and news every three seconds while the page is seen. */
export function useTimeline(
  homeId: number,
  kinds: string | undefined,
  initial: AnswerOf<'staff.timeline'>,
): TimelineState {
  const [lines, setLines] = useState<readonly TimelineLine[]>(initial.items);
  const [hasOlder, setHasOlder] = useState(initial.hasOlder);
  const [hasNewer, setHasNewer] = useState(initial.hasNewer);
  const [isLoading, setIsLoading] = useState(false);
  const shown = useRef(lines);
  const add = (loaded: readonly TimelineLine[]) => {
    shown.current = mergeLines(shown.current, loaded);
    setLines(shown.current);
  };
  const of = kinds === undefined ? {} : { kinds };
  const news = useQuery({
    queryKey: ['timeline', homeId, kinds ?? ''],
    queryFn: async ({ signal }) => {
      const after = newsAfter(shown.current);
      const query = after === undefined ? of : { ...of, after };
      const page = await api('staff.timeline', { params: { homeId }, query }, { signal });
      add(page.items);
      return page.items.length;
    },
    enabled: !hasNewer,
    refetchInterval: everyMs,
  });
  const load = async (side: 'older' | 'newer') => {
    const place = side === 'older' ? shown.current.at(-1) : shown.current[0];
    if (place === undefined || isLoading) return;
    setIsLoading(true);
    try {
      const query = side === 'older' ? { ...of, before: place.cursor } : { ...of, after: place.cursor };
      const page = await api('staff.timeline', { params: { homeId }, query });
      add(page.items);
      if (side === 'older') setHasOlder(page.hasOlder);
      else setHasNewer(page.hasNewer);
    } finally {
      setIsLoading(false);
    }
  };
  return {
    lines,
    hasOlder,
    hasNewer,
    isFailing: news.isError,
    isLoading,
    load,
    refresh: () => void news.refetch(),
  };
}
