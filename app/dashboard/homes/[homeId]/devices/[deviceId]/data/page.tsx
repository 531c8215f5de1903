import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { KvTable } from '@/components/kv/kv-table';
import { requestMessages } from '@/components/messages/request';
import { listDeviceValues } from '@/server/services/kv/list-device-values';
import { loadDevicePage } from '../../load-devices';

interface DeviceDataPageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestMessages()).text('device.tab.data') };
}

export default async function DeviceDataPage({ params }: DeviceDataPageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, caller } = await loadDevicePage(homeId, deviceId);
  const list = await listDeviceValues(await getRuntime(), caller, {
    params: { deviceId: device.id },
    query: {},
    body: undefined,
  });
  return (
    <KvTable
      key={device.id}
      owner={{ homeId: home.id, deviceId: device.id }}
      cursor={home.cursor}
      zone={home.timezone}
      initial={list.text}
      now={Date.now()}
    />
  );
}
