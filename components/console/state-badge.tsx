'use client';

import { Ban, Check, CircleHelp, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { SearchHit } from '@/server/contracts/console';
import { useText } from '../messages/provider';
import { Badge, type BadgeTone } from '../ui/badge';

type State = SearchHit['state'];
const looks: Record<State, { tone: BadgeTone; icon: LucideIcon }> = {
  verified: { tone: 'calm', icon: Check },
  unverified: { tone: 'notice', icon: TriangleAlert },
  active: { tone: 'calm', icon: Check },
  deactivated: { tone: 'alarm', icon: Ban },
  connected: { tone: 'calm', icon: Check },
  away: { tone: 'notice', icon: TriangleAlert },
  unknown: { tone: 'unknown', icon: CircleHelp },
  suspended: { tone: 'alarm', icon: Ban },
  decommissioned: { tone: 'unknown', icon: Ban },
  revoked: { tone: 'unknown', icon: Ban },
  expired: { tone: 'unknown', icon: Ban },
};

/** The state of something that staff look at, as a word with its sign. */
export function StateBadge({ state }: { state: State }) {
  const text = useText();
  return <Badge {...looks[state]}>{text(`console.state.${state}`)}</Badge>;
}

/** Whether something that may never have been heard of can be reached. */
export const reachState = (reachable: boolean | undefined): State =>
  reachable === undefined ? 'unknown' : reachable ? 'connected' : 'away';
