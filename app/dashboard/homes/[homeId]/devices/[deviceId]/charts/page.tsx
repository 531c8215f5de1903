import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { DeviceCharts } from '@/components/chart/device-charts';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { listDeviceEvents } from '@/server/services/events/list-device-events';
import { loadDevicePage } from '../../load-devices';

interface DeviceChartsPageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).text('device.tab.charts') };
}

export default async function DeviceChartsPage({ params }: DeviceChartsPageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, caller } = await loadDevicePage(homeId, deviceId);
  const page = await listDeviceEvents(await getRuntime(), caller, {
    params: { deviceId: device.id },
    query: {},
    body: undefined,
  });
  return (
    <AreaTexts of={['chart']}>
      <DeviceCharts
        key={device.id}
        source={{ homeId: home.id, deviceId: device.id, cursor: home.cursor }}
        zone={home.timezone}
        initial={page.text}
      />
    </AreaTexts>
  );
}
