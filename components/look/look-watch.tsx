'use client';

import dynamic from 'next/dynamic';
import type { MyViews } from '@/server/contracts/views';

const LookRequests = dynamic(async () => (await import('./look-requests')).LookRequests, { ssr: false });

/** Keeps a person informed of staff who ask to look, or look; loaded after the page, which it never delays. */
export function LookWatch({ initial, now }: { initial: MyViews; now: number }) {
  return initial.homes.length === 0 ? null : <LookRequests initial={initial} now={now} />;
}
