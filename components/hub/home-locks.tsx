'use client';

import { DoorClosed, Ellipsis, LockKeyhole, Plus, Settings, Trash2, Users } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { HomeLock } from '@/server/contracts/home-locks';
import type { HubView } from '@/server/contracts/hubs';
import { useText } from '../messages/provider';
import { TimesOf } from '../time/times-of';
import { Button, buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { LoadFailed } from '../ui/load-failed';
import { Menu, MenuItem } from '../ui/menu';
import { LockRow } from './lock-row';
import { type OfHome, useHomeLocks, useHubs } from './use-hubs';

const ChooseHub = later(async () => (await import('./choose-hub')).ChooseHub);
const RemoveLock = later(async () => (await import('./remove-lock')).RemoveLock);

function LockMenu({ lock, isOwner, onRemove }: { lock: HomeLock; isOwner: boolean; onRemove: () => void }) {
  const text = useText();
  const router = useRouter();
  const door = `/dashboard/locks/${lock.lockId}`;
  return (
    <Menu
      trigger={
        <Button kind="quiet" isIcon aria-label={text('hub.lock.menu', { lock: lock.name })}>
          <Ellipsis aria-hidden className="size-5" />
        </Button>
      }
    >
      <MenuItem icon={DoorClosed} onSelect={() => router.push(door)}>
        {text('hub.lock.door')}
      </MenuItem>
      <MenuItem icon={Users} onSelect={() => router.push(`${door}/access`)}>
        {text('hub.lock.access')}
      </MenuItem>
      <MenuItem icon={Settings} onSelect={() => router.push(`${door}/settings`)}>
        {text('hub.lock.settings')}
      </MenuItem>
      {isOwner ? (
        <MenuItem icon={Trash2} isDangerous onSelect={onRemove}>
          {text('hub.lock.remove')}
        </MenuItem>
      ) : null}
    </Menu>
  );
}

interface HomeLocksProps {
  of: OfHome;
  zone: string | undefined;
  hubs: HubView[];
  locks: HomeLock[];
  isOwner: boolean;
}

/** The locks of a home, live, with what those who keep it do with them. */
export function HomeLocks({ of, zone, hubs: sentHubs, locks: sentLocks, isOwner }: HomeLocksProps) {
  const text = useText();
  const known = useHomeLocks(of, sentLocks);
  const { data: locks, reload } = known;
  const { data: hubs } = useHubs(of, sentHubs);
  const [isChoosing, setIsChoosing] = useState(false);
  const [removing, setRemoving] = useState<HomeLock>();
  const path = `/dashboard/homes/${of.homeId}/hubs`;
  const usable = hubs.filter(({ status }) => status === 'Claimed');
  const [only, ...others] = usable;
  const face = (
    <>
      <Plus aria-hidden className="size-5" />
      {text('hub.lock.add')}
    </>
  );
  const add =
    only === undefined ? (
      <Link href={path} className={buttonClass('primary')}>
        {text('hub.lock.toHubs')}
      </Link>
    ) : others.length === 0 ? (
      <Link href={`${path}/${only.hubId}/pair`} className={buttonClass('primary')}>
        {face}
      </Link>
    ) : (
      <Button kind="primary" onClick={() => setIsChoosing(true)}>
        {face}
      </Button>
    );
  return (
    <section aria-labelledby="locks" className="flex flex-col gap-5">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 id="locks" className="text-xl font-semibold">
            {text('hub.lock.title')}
          </h2>
          <p className="text-pretty text-ink-soft">{text('hub.lock.lead')}</p>
        </div>
        {locks.length === 0 ? null : add}
      </div>
      <LoadFailed of={known} />
      {locks.length === 0 ? (
        <EmptyState
          icon={LockKeyhole}
          level={3}
          title={text('hub.lock.none.title')}
          text={text(only === undefined ? 'hub.lock.none.noHub' : 'hub.lock.none.text')}
        >
          {add}
        </EmptyState>
      ) : (
        <Card>
          <TimesOf zone={zone} isWide>
            <ul className="divide-y divide-line">
              {locks.map((lock) => (
                <li key={lock.lockId}>
                  <LockRow
                    lock={lock}
                    zone={zone}
                    after={<LockMenu lock={lock} isOwner={isOwner} onRemove={() => setRemoving(lock)} />}
                  >
                    <LockFacts lock={lock} path={path} />
                  </LockRow>
                </li>
              ))}
            </ul>
          </TimesOf>
        </Card>
      )}
      {isChoosing ? <ChooseHub hubs={usable} path={path} onClose={() => setIsChoosing(false)} /> : null}
      {removing === undefined ? null : (
        <RemoveLock lock={removing} onClose={() => setRemoving(undefined)} onRemoved={reload} />
      )}
    </section>
  );
}

function LockFacts({ lock, path }: { lock: HomeLock; path: string }) {
  const text = useText();
  const { hub, owner, gesture, serialNumber } = lock;
  return (
    <div className="text-sm text-ink-soft">
      <p>{text(`hub.lock.gesture.${gesture}`)}</p>
      <p className="break-words">
        {hub === undefined ? (
          text('hub.lock.noHub')
        ) : (
          <Link
            href={`${path}/${hub.hubId}`}
            className="-my-3 inline-flex min-h-11 items-center rounded underline underline-offset-4"
          >
            {text('hub.lock.hub', { serial: hub.serial })}
          </Link>
        )}
        {owner === undefined ? null : ` · ${text('hub.lock.owner', { who: owner.name })}`}
      </p>
      {serialNumber === undefined ? null : <p>{text('hub.lock.serial', { serial: serialNumber })}</p>}
    </div>
  );
}
