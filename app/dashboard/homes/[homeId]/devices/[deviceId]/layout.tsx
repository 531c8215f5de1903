import type { ReactNode } from 'react';
import { DeviceHeading } from '@/components/device/device-frame';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { Tabs } from '@/components/shell/tabs';
import { loadDevicePage } from '../load-devices';

interface DeviceLayoutProps {
  params: Promise<{ homeId: string; deviceId: string }>;
  children: ReactNode;
}

const parts = ['overview', 'events', 'charts', 'shadow', 'data'] as const;

/** Frame of the pages about one device. */
export default async function DeviceLayout({ params, children }: DeviceLayoutProps) {
  const { homeId, deviceId } = await params;
  const [{ text }, { home, device }] = await Promise.all([
    requestMessages(),
    loadDevicePage(homeId, deviceId),
  ]);
  const path = `/dashboard/homes/${home.id}/devices/${device.id}`;
  return (
    <AreaTexts of={['device', 'kv']}>
      <DeviceHeading
        key={device.id}
        homeId={home.id}
        cursor={home.cursor}
        zone={home.timezone}
        initial={device}
        now={Date.now()}
      />
      <Tabs
        label={text('device.parts')}
        tabs={parts.map((part) => ({
          href: part === 'overview' ? path : `${path}/${part}`,
          label: text(`device.tab.${part}`),
        }))}
      />
      {children}
    </AreaTexts>
  );
}
