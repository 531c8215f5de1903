import type { Metadata } from 'next';
import { DeviceEvents } from '@/components/device/device-events';
import { requestMessages } from '@/components/messages/request';
import { loadDeviceEvents } from '../../load-devices';

interface DeviceEventsPageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).text('device.tab.events') };
}

export default async function DeviceEventsPage({ params }: DeviceEventsPageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, events } = await loadDeviceEvents(homeId, deviceId);
  return (
    <DeviceEvents
      key={device.id}
      homeId={home.id}
      deviceId={device.id}
      cursor={home.cursor}
      zone={home.timezone}
      initial={events}
    />
  );
}
