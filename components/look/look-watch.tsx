'use client';

import type { MyViews } from '@/server/contracts/views';
import { later } from '../ui/later';

const LookRequests = later(async () => (await import('./look-requests')).LookRequests);

/** Keeps a person informed of staff who ask to look, or look; loaded after the page, which it never delays. */
export function LookWatch({ initial, now }: { initial: MyViews; now: number }) {
  return initial.homes.length === 0 ? null : <LookRequests initial={initial} now={now} />;
}

/** Above every page that staff see through somebody's eyes; owners' own browsers never fetch it. */
export const LookBanner = later(async () => (await import('./look-banner')).LookBanner);
