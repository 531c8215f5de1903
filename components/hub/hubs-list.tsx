'use client';

import { ChevronRight, Plus, Router } from 'lucide-react';
import { useState } from 'react';
import type { HomeLock } from '@/server/contracts/home-locks';
import type { HubView } from '@/server/contracts/hubs';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { cardClass } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { HubBadges, HubReachLine, useLockCount } from './hub-badges';
import { type OfHome, useHomeLocks, useHubs } from './use-hubs';

const ClaimHub = later(async () => (await import('./claim-hub')).ClaimHub);

function HubCard({
  hub,
  href,
  zone,
  count,
}: {
  hub: HubView;
  href: string;
  zone: string | undefined;
  count: number;
}) {
  const lockCount = useLockCount();
  return (
    <article
      className={cardClass(
        'relative flex h-full flex-col gap-2.5 p-5 transition-colors duration-100 hover:border-line-strong',
      )}
    >
      <h3 className="text-lg leading-snug font-semibold">
        <Link
          href={href}
          className="flex min-w-0 items-start justify-between gap-2 after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-focus"
        >
          <span className="min-w-0 break-words">{hub.serial}</span>
          <ChevronRight aria-hidden className="mt-0.5 size-5 shrink-0 text-ink-faint" />
        </Link>
      </h3>
      <div className="flex flex-wrap gap-1.5">
        <HubBadges hub={hub} />
      </div>
      {hub.suspendedReason === undefined ? null : (
        <p className="text-sm break-words text-alarm">{hub.suspendedReason}</p>
      )}
      <div className="mt-auto text-sm text-ink-soft">
        <p>{[hub.model, hub.version].filter((part) => part !== undefined).join(' · ')}</p>
        <p>{lockCount(count)}</p>
        <p>
          <HubReachLine hub={hub} zone={zone} />
        </p>
      </div>
    </article>
  );
}

interface HubsListProps {
  of: OfHome;
  zone: string | undefined;
  hubs: HubView[];
  locks: HomeLock[];
  isOwner: boolean;
}

/** The hubs of a home, live, and the way to one more. */
export function HubsList({ of, zone, hubs: sentHubs, locks: sentLocks, isOwner }: HubsListProps) {
  const text = useText();
  const { data: hubs, isError, reload } = useHubs(of, sentHubs);
  const { data: locks } = useHomeLocks(of, sentLocks);
  const [isAdding, setIsAdding] = useState(false);
  const add = isOwner ? (
    <Button kind="primary" onClick={() => setIsAdding(true)}>
      <Plus aria-hidden className="size-5" />
      {text('hub.add')}
    </Button>
  ) : null;
  return (
    <section aria-labelledby="hubs" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="hubs" className="text-xl font-semibold">
            {text('hub.title')}
          </h2>
          <p className="text-pretty text-ink-soft">{text('hub.lead')}</p>
        </div>
        {hubs.length === 0 ? null : add}
      </div>
      {isError ? (
        <Notice tone="notice" role="alert" title={text('hub.failed')}>
          {text('live.lost')}
        </Notice>
      ) : null}
      {hubs.length === 0 ? (
        <EmptyState
          icon={Router}
          level={3}
          title={text('hub.none.title')}
          text={text(isOwner ? 'hub.none.text' : 'hub.none.member')}
        >
          {add}
        </EmptyState>
      ) : (
        <ul className="grid grid-cols-1 gap-4 md:grid-cols-2 xl:grid-cols-3">
          {hubs.map((hub) => (
            <li key={hub.hubId}>
              <HubCard
                hub={hub}
                zone={zone}
                href={`/dashboard/homes/${of.homeId}/hubs/${hub.hubId}`}
                count={locks.filter((lock) => lock.hub?.hubId === hub.hubId).length}
              />
            </li>
          ))}
        </ul>
      )}
      {isAdding ? (
        <ClaimHub homeId={of.homeId} onClose={() => setIsAdding(false)} onClaimed={reload} />
      ) : null}
    </section>
  );
}
