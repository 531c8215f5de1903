'use client';

import { Wifi, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import type { HomeLock } from '@/server/contracts/home-locks';
import { describe, isJammed, isReachable } from '@/server/domain/lock/predicates';
import { BatteryBadge, ConditionBadge, ReachLine } from '../lock/door-facts';
import { AlarmBadge, CertificateBadge } from '../lock/lock-facts';
import { useText } from '../messages/provider';
import { Badge } from '../ui/badge';
import { Link } from '../ui/link';

/** Whether a lock can be reached, as a word with its sign. */
function ReachBadge({ lock }: { lock: HomeLock }) {
  const text = useText();
  if (lock.reachable === true)
    return (
      <Badge tone="calm" icon={Wifi}>
        {text('hub.online')}
      </Badge>
    );
  return (
    <Badge tone="unknown" icon={WifiOff}>
      {text(lock.reachable === false ? 'hub.offline' : 'hub.never')}
    </Badge>
  );
}

interface LockRowProps {
  lock: HomeLock;
  zone: string | undefined;
  /** More of it, below its state. */
  children?: ReactNode;
  /** What can be done with it, at the end of the row. */
  after?: ReactNode;
}

/** A lock in a list: its name leads to the door. */
export function LockRow({ lock, zone, children, after }: LockRowProps) {
  const isToldByBolt = isJammed(lock) && lock.alarm === 'LOCK_JAMMED';
  return (
    <div className="flex items-start justify-between gap-2 px-5 py-4 sm:px-6">
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <Link
          href={`/dashboard/locks/${lock.lockId}`}
          className="-my-2 inline-flex min-h-11 items-center self-start rounded-lg font-semibold break-words underline-offset-4 hover:underline"
        >
          {lock.name}
        </Link>
        <div className="flex flex-wrap gap-1.5">
          {isReachable(lock) ? <ConditionBadge description={describe(lock, 0)} /> : null}
          <ReachBadge lock={lock} />
          <BatteryBadge door={lock} always />
          <CertificateBadge attestation={lock.attestation} />
          <AlarmBadge alarm={isToldByBolt ? undefined : lock.alarm} />
        </div>
        <p className="text-sm text-ink-soft">
          <ReachLine door={lock} zone={zone} />
        </p>
        {children}
      </div>
      {after}
    </div>
  );
}
