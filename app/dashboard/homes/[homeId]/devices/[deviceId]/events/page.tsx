import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { DeviceEvents } from '@/components/device/device-events';
import { requestMessages } from '@/components/messages/request';
import { listDeviceEvents } from '@/server/services/events/list-device-events';
import { loadDevicePage } from '../../load-devices';

interface DeviceEventsPageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).text('device.tab.events') };
}

export default async function DeviceEventsPage({ params }: DeviceEventsPageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, caller } = await loadDevicePage(homeId, deviceId);
  const page = await listDeviceEvents(await getRuntime(), caller, {
    params: { deviceId: device.id },
    query: {},
    body: undefined,
  });
  return (
    <DeviceEvents
      key={device.id}
      homeId={home.id}
      deviceId={device.id}
      cursor={home.cursor}
      zone={home.timezone}
      initial={page.text}
    />
  );
}
