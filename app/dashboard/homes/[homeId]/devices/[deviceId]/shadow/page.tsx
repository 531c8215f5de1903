import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { ShadowView } from '@/components/device/shadow-view';
import { requestMessages } from '@/components/messages/request';
import { getDeviceShadow } from '@/server/services/devices/get-shadow';
import { loadDevicePage } from '../../load-devices';

interface DeviceShadowPageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).text('device.tab.shadow') };
}

export default async function DeviceShadowPage({ params }: DeviceShadowPageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, caller } = await loadDevicePage(homeId, deviceId);
  const shadow = await getDeviceShadow(await getRuntime(), caller, {
    params: { deviceId: device.id },
    query: undefined,
    body: undefined,
  });
  return (
    <ShadowView
      key={device.id}
      of={{ deviceId: device.id }}
      initial={JSON.parse(JSON.stringify(shadow)) as typeof shadow}
      zone={home.timezone}
      level={3}
    />
  );
}
