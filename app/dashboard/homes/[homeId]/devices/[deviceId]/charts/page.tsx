import type { Metadata } from 'next';
import { DeviceCharts } from '@/components/chart/device-charts';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { loadDeviceEvents } from '../../load-devices';

interface DeviceChartsPageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).text('device.tab.charts') };
}

export default async function DeviceChartsPage({ params }: DeviceChartsPageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, events } = await loadDeviceEvents(homeId, deviceId);
  return (
    <AreaTexts of={['chart']}>
      <DeviceCharts
        key={device.id}
        source={{ homeId: home.id, deviceId: device.id, cursor: home.cursor }}
        zone={home.timezone}
        initial={events}
      />
    </AreaTexts>
  );
}
