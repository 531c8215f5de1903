'use client';

import { ArrowLeft, ArrowLeftRight, Ban, LockKeyhole, Plus, RotateCcw, Star } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { HomeLock } from '@/server/contracts/home-locks';
import type { HubView } from '@/server/contracts/hubs';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { HomeTime, UnderClocks } from '../time/times-of';
import { Button, buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { HubBadges, HubReachLine } from './hub-badges';
import type { HubAct } from './hub-dialogs';
import { type HubPast, HubReach } from './hub-reach';
import { LockRow } from './lock-row';
import type { OtherHome } from './move-hub';
import { PairingsList } from './pairings-list';
import { type OfHome, type Pairings, useHomeLocks, useHubs } from './use-hubs';

const HubDialog = later(async () => (await import('./hub-dialogs')).HubDialog);
const MoveHub = later(async () => (await import('./move-hub')).MoveHub);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-soft">{name}</dt>
      <dd className="font-medium break-words">{children}</dd>
    </div>
  );
}

interface HubFactsProps {
  hub: HubView;
  past: HubPast;
  zone: string | undefined;
  /** Where its shadow is shown; absent: not to this viewer. */
  shadowPath: string | undefined;
}

function HubFacts({ hub, past, zone, shadowPath }: HubFactsProps) {
  const text = useText();
  return (
    <Card className="p-5 sm:p-6">
      <h3 className="mb-4 text-lg font-semibold">{text('hub.facts')}</h3>
      <dl className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
        <Fact name={text('hub.fact.model')}>{hub.model}</Fact>
        <Fact name={text('hub.fact.version')}>{hub.version ?? text('hub.fact.version.none')}</Fact>
        <Fact name={text('hub.fact.role')}>
          {text(hub.isPrimary ? 'hub.fact.role.primary' : 'hub.fact.role.other')}
        </Fact>
        <Fact name={text('hub.fact.reach')}>
          <HubReachLine hub={hub} zone={zone} />
        </Fact>
        {past.startedAt === undefined ? null : (
          <Fact name={text('hub.fact.started')}>
            <Moment at={past.startedAt} zone={zone} />
          </Fact>
        )}
        {hub.lastSeen === undefined || hub.uptimeSeconds === undefined ? null : (
          <Fact name={text('hub.fact.seen')}>
            <Moment at={new Date(hub.lastSeen).toISOString()} zone={zone} />
          </Fact>
        )}
        {past.address === undefined ? null : (
          <Fact name={text('hub.fact.address')}>
            <span className="font-mono text-sm">{past.address}</span>
          </Fact>
        )}
        {hub.claimedAt === null ? null : (
          <Fact name={text('hub.fact.claimed')}>
            <Moment at={new Date(hub.claimedAt).toISOString()} zone={zone} />
          </Fact>
        )}
      </dl>
      {shadowPath === undefined ? null : (
        <Link
          href={shadowPath}
          className="mt-3 -mb-2 inline-flex min-h-11 items-center rounded-lg font-medium underline underline-offset-4"
        >
          {text('hub.shadow')}
        </Link>
      )}
    </Card>
  );
}

interface HubActsProps {
  hub: HubView;
  canMove: boolean;
  onAct: (act: HubAct | 'move') => void;
}

function HubActs({ hub, canMove, onAct }: HubActsProps) {
  const text = useText();
  return (
    <Card className="p-5 sm:p-6">
      <h3 className="mb-4 text-lg font-semibold">{text('hub.act.title')}</h3>
      <div className="flex flex-col gap-3 sm:flex-row sm:flex-wrap">
        {hub.isPrimary || hub.status !== 'Claimed' ? null : (
          <Button onClick={() => onAct('primary')}>
            <Star aria-hidden className="size-5" />
            {text('hub.act.primary')}
          </Button>
        )}
        {canMove && hub.status === 'Claimed' ? (
          <Button onClick={() => onAct('move')}>
            <ArrowLeftRight aria-hidden className="size-5" />
            {text('hub.act.move')}
          </Button>
        ) : null}
        {hub.status === 'Suspended' ? (
          <Button onClick={() => onAct('resume')}>
            <RotateCcw aria-hidden className="size-5" />
            {text('hub.act.resume')}
          </Button>
        ) : (
          <Button kind="danger" onClick={() => onAct('suspend')}>
            <Ban aria-hidden className="size-5" />
            {text('hub.act.suspend')}
          </Button>
        )}
      </div>
    </Card>
  );
}

interface HubPageProps {
  of: OfHome;
  zone: string | undefined;
  hubId: string;
  hubs: HubView[];
  locks: HomeLock[];
  past: HubPast;
  pairings: Pairings;
  userId: number;
  isOwner: boolean;
  /** Further homes that the viewer owns. */
  otherHomes: readonly OtherHome[];
}

/** One hub, live. */
export function HubPage(props: HubPageProps) {
  const { of, zone, hubId, userId, isOwner, otherHomes } = props;
  const text = useText();
  const { data: hubs, reload } = useHubs(of, props.hubs);
  const { data: locks } = useHomeLocks(of, props.locks);
  const [act, setAct] = useState<HubAct | 'move'>();
  const hub = hubs.find((one) => one.hubId === hubId) ?? props.hubs.find((one) => one.hubId === hubId);
  if (hub === undefined) return null;
  const behind = locks.filter((lock) => lock.hub?.hubId === hubId);
  const path = `/dashboard/homes/${of.homeId}/hubs`;
  const isUsable = hub.status === 'Claimed';
  return (
    <section aria-labelledby="hub" className="flex flex-col gap-5">
      <div>
        <Link
          href={path}
          className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 rounded-lg pr-2 text-[0.9375rem] text-ink-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4.5" />
          {text('hub.back')}
        </Link>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="hub" className="text-2xl font-semibold break-all">
            {hub.serial}
          </h2>
          {isUsable ? (
            <Link href={`${path}/${hubId}/pair`} className={buttonClass('primary')}>
              <Plus aria-hidden className="size-5" />
              {text('hub.pair')}
            </Link>
          ) : null}
        </div>
        <div role="status" className="mt-2 flex flex-wrap gap-1.5">
          <HubBadges hub={hub} />
        </div>
        <p className="mt-2 empty:hidden">
          <HomeTime zone={zone} />
        </p>
      </div>
      {hub.status === 'Suspended' ? (
        <Notice tone="alarm" title={text('hub.suspended.title')}>
          {text('hub.suspended.text', { reason: hub.suspendedReason ?? '–' })}
        </Notice>
      ) : hub.online === false ? (
        <Notice tone="notice" title={text('hub.offline.title')}>
          {text('hub.offline.text')}
        </Notice>
      ) : null}
      <UnderClocks zone={zone}>
        <HubFacts
          hub={hub}
          past={props.past}
          zone={zone}
          shadowPath={isOwner ? `${path}/${hubId}/shadow` : undefined}
        />
        <Card className="overflow-hidden">
          <h3 className="flex items-center gap-2 border-b border-line px-5 py-4 text-lg font-semibold sm:px-6">
            <LockKeyhole aria-hidden className="size-5 text-ink-soft" />
            {text('hub.behind.title')}
          </h3>
          {behind.length === 0 ? (
            <p className="px-5 py-5 text-ink-soft sm:px-6">{text('hub.behind.none')}</p>
          ) : (
            <ul className="divide-y divide-line">
              {behind.map((lock) => (
                <li key={lock.lockId}>
                  <LockRow lock={lock} zone={zone} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        <HubReach past={props.past} zone={zone} />
        <PairingsList of={of} zone={zone} hubId={hubId} initial={props.pairings} />
      </UnderClocks>
      {isOwner && hub.status !== 'Decommissioned' ? (
        <HubActs hub={hub} canMove={otherHomes.length > 0} onAct={setAct} />
      ) : null}
      {act === 'move' ? (
        <MoveHub hub={hub} userId={userId} homes={otherHomes} onClose={() => setAct(undefined)} />
      ) : act === undefined ? null : (
        <HubDialog
          act={act}
          hubId={hubId}
          userId={userId}
          onClose={() => setAct(undefined)}
          onDone={reload}
        />
      )}
    </section>
  );
}
