import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { DeviceOverview } from '@/components/device/device-overview';
import { calledOf } from '@/components/device/devices';
import { requestMessages } from '@/components/messages/request';
import { listDeviceEvents } from '@/server/services/events/list-device-events';
import { loadDevicePage } from '../load-devices';

interface DevicePageProps {
  params: Promise<{ homeId: string; deviceId: string }>;
}

export async function generateMetadata({ params }: DevicePageProps): Promise<Metadata> {
  const { homeId, deviceId } = await params;
  const [{ text }, { home, device }] = await Promise.all([
    requestMessages(),
    loadDevicePage(homeId, deviceId),
  ]);
  return { title: `${calledOf(device) ?? text('device.unnamed', { id: device.id })}, ${home.name}` };
}

export default async function DevicePage({ params }: DevicePageProps) {
  const { homeId, deviceId } = await params;
  const { home, device, caller } = await loadDevicePage(homeId, deviceId);
  // The address that a device last spoke from stands in its events and nowhere else.
  const events = await listDeviceEvents(await getRuntime(), caller, {
    params: { deviceId: device.id },
    query: {},
    body: undefined,
  });
  const { items } = JSON.parse(events.text) as { items: { originDeviceIp?: string }[] };
  return (
    <DeviceOverview
      key={device.id}
      homeId={home.id}
      cursor={home.cursor}
      zone={home.timezone}
      initial={device}
      now={Date.now()}
      address={items.find(({ originDeviceIp }) => originDeviceIp !== undefined)?.originDeviceIp}
    />
  );
}
