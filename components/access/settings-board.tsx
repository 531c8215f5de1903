'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import type { DoorSettings } from '@/server/contracts/door-settings';
import { api } from '../hooks/api';
import { takeIn } from '../hooks/take-in';
import { useAction } from '../hooks/use-action';
import { useHomeData } from '../hooks/use-home-data';
import { AbilityFacts, AlarmBadge } from '../lock/lock-facts';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { LoadFailed } from '../ui/load-failed';
import { Switch } from '../ui/switch';
import { SettingsForm } from './settings-form';

const RemoveDialog = later(async () => (await import('./remove-lock-dialog')).RemoveLockDialog);

interface SettingsBoardProps {
  homeId: number;
  cursor: string;
  isOwner: boolean;
  initial: DoorSettings;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  /** Figures that the server has drawn. */
  latency: ReactNode;
}

function Facts({ settings }: { settings: DoorSettings }) {
  const text = useText();
  const unknown = text('doorSettings.fact.unknown');
  const { hub, battery } = settings;
  const facts: [string, string][] = [
    [text('doorSettings.fact.serial'), settings.serialNumber ?? unknown],
    [text('doorSettings.fact.vendor'), settings.vendorName ?? unknown],
    [
      text('doorSettings.fact.hub'),
      hub === undefined ? text('doorSettings.fact.noHub') : (hub.serial ?? hub.id),
    ],
    [
      text('doorSettings.fact.battery'),
      battery === undefined || battery.percent === null ? unknown : `${battery.percent} %`,
    ],
    [text('doorSettings.fact.firmware'), settings.firmware ?? unknown],
    [text('doorSettings.fact.thing'), settings.thing],
    [text('doorSettings.fact.version'), String(settings.version)],
  ];
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-sm text-ink-soft">{name}</dt>
          <dd className="text-[0.9375rem] break-all">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const settingsKey = (lockId: number) => ['door-settings', lockId] as const;

/** Mine alone, and at once: it rolls back when the service does not take it. */
function Favourite({ settings: { lockId, favourite } }: { settings: DoorSettings }) {
  const text = useText();
  const client = useQueryClient();
  /** Choices that are on their way, the last of which is shown. */
  const [underWay, setUnderWay] = useState<readonly boolean[]>([]);
  const { run } = useAction(
    async (isOn: boolean) => {
      await api(isOn ? 'locks.favourite' : 'locks.unfavourite', { params: { id: lockId } });
      takeIn<DoorSettings>(client, settingsKey(lockId), (known) => ({ ...known, favourite: isOn }));
    },
    { queues: true },
  );
  return (
    <Switch
      label={text('doorSettings.favourite')}
      hint={text('doorSettings.favouriteLead')}
      checked={underWay.at(-1) ?? favourite}
      onChange={async (isOn) => {
        setUnderWay((known) => [...known, isOn]);
        await run(isOn);
        setUnderWay(([, ...rest]) => rest);
      }}
    />
  );
}

const More = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link
    href={href}
    className="inline-flex min-h-11 items-center rounded-lg font-medium underline underline-offset-4"
  >
    {children}
  </Link>
);

/** Settings of a door, what is known of its lock, and the way to take it out of the home. */
export function SettingsBoard({ homeId, cursor, isOwner, initial, now, latency }: SettingsBoardProps) {
  const text = useText();
  const router = useRouter();
  const [isRemoving, setIsRemoving] = useState(false);
  const known = useHomeData<DoorSettings>({
    homeId,
    cursor,
    queryKey: settingsKey(initial.lockId),
    load: (signal) => api('locks.settings', { params: { id: initial.lockId } }, { signal }),
    initial,
    madeAt: now,
    onMessage: ({ topic }) => topic === 'home' || topic === 'door',
  });
  const { data: settings = initial, reload } = known;
  const path = `/dashboard/locks/${settings.lockId}`;
  const saved = () => {
    reload();
    // The name stands above, in the frame that the server draws.
    router.refresh();
  };
  return (
    <div className="flex flex-col gap-6">
      <LoadFailed of={known} />
      <Card className="p-4 sm:p-6">
        <h2 className="mb-4 text-xl font-semibold">{text('doorSettings.title')}</h2>
        <Favourite settings={settings} />
        <hr className="my-4 border-line" />
        <SettingsForm settings={settings} canChange={isOwner} onSaved={saved} />
      </Card>
      <Card className="p-4 sm:p-6">{latency}</Card>
      <Card className="flex flex-col gap-4 p-4 sm:p-6">
        <h2 className="text-xl font-semibold">{text('doorSettings.facts')}</h2>
        {settings.alarm === undefined ? null : (
          <div role="status">
            <AlarmBadge alarm={settings.alarm} />
          </div>
        )}
        <Facts settings={settings} />
        <AbilityFacts facts={settings} />
        <div className="flex flex-wrap gap-x-6 border-t border-line pt-2">
          <More href={`${path}/activity/condition`}>{text('doorSettings.condition')}</More>
          {isOwner ? <More href={`${path}/shadow`}>{text('doorSettings.shadow')}</More> : null}
        </div>
      </Card>
      {isOwner ? (
        <Card className="flex flex-wrap items-center justify-between gap-4 p-4 sm:p-6">
          <div className="min-w-0">
            <h2 className="text-xl font-semibold">{text('doorSettings.remove')}</h2>
            <p className="text-sm text-ink-soft">{text('doorSettings.removeLead')}</p>
          </div>
          <Button kind="danger" onClick={() => setIsRemoving(true)}>
            {text('doorSettings.remove')}
          </Button>
        </Card>
      ) : null}
      {isRemoving ? (
        <RemoveDialog
          lockId={settings.lockId}
          name={settings.name}
          onClose={() => setIsRemoving(false)}
          onRemoved={() => router.replace('/dashboard')}
        />
      ) : null}
    </div>
  );
}
