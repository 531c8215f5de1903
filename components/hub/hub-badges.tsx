'use client';

import { Ban, CircleHelp, Star, Wifi, WifiOff } from 'lucide-react';
import type { HubView } from '@/server/contracts/hubs';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { Badge } from '../ui/badge';

/** Whether a hub can be reached and whether it has its rights. */
export function HubBadges({ hub }: { hub: HubView }) {
  const text = useText();
  return (
    <>
      {hub.status === 'Suspended' ? (
        <Badge tone="alarm" icon={Ban}>
          {text('hub.suspended')}
        </Badge>
      ) : hub.status === 'Decommissioned' ? (
        <Badge tone="unknown" icon={Ban}>
          {text('hub.decommissioned')}
        </Badge>
      ) : hub.online === true ? (
        <Badge tone="calm" icon={Wifi}>
          {text('hub.online')}
        </Badge>
      ) : hub.online === false ? (
        <Badge tone="notice" icon={WifiOff}>
          {text('hub.offline')}
        </Badge>
      ) : (
        <Badge tone="unknown" icon={CircleHelp}>
          {text('hub.never')}
        </Badge>
      )}
      {hub.isPrimary ? (
        <Badge tone="plain" icon={Star}>
          {text('hub.primary')}
        </Badge>
      ) : null}
    </>
  );
}

/** Since when a hub is out of reach, or what it waits for. */
export function HubReachLine({ hub, zone }: { hub: HubView; zone: string | undefined }) {
  const text = useText();
  const momentOf = useMomentText(zone);
  if (hub.lastSeen === undefined) return text('hub.waiting');
  if (hub.online === true && hub.uptimeSeconds !== undefined) {
    const minutes = Math.floor(hub.uptimeSeconds / 60);
    const time =
      minutes < 60
        ? text('hub.up.minutes', { count: minutes })
        : minutes < 48 * 60
          ? text('hub.up.hours', { count: Math.floor(minutes / 60) })
          : text('hub.up.days', { count: Math.floor(minutes / 1_440) });
    return text('hub.up', { time });
  }
  return text('hub.since', { when: momentOf(new Date(hub.lastSeen).toISOString()) });
}

/** How many locks speak through a hub. */
export function useLockCount() {
  const text = useText();
  return (count: number): string =>
    count === 0
      ? text('hub.locks.none')
      : count === 1
        ? text('hub.locks.one')
        : text('hub.locks.other', { count });
}
