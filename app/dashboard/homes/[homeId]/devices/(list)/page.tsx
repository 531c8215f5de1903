import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { DeviceList } from '@/components/device/device-list';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { listDevices } from '@/server/services/devices/list-devices';
import { waysToAdd } from '@/server/services/devices/ways-to-add';
import { loadHome } from '../../load-home';
import { loadHomeOfMember } from '../load-devices';

interface DevicesPageProps {
  params: Promise<{ homeId: string }>;
}

export async function generateMetadata({ params }: DevicesPageProps): Promise<Metadata> {
  const [{ text }, home] = await Promise.all([requestMessages(), loadHome((await params).homeId)]);
  return { title: `${text('device.title')}, ${home.name}` };
}

export default async function DevicesPage({ params }: DevicesPageProps) {
  const { home, caller } = await loadHomeOfMember((await params).homeId, '/devices');
  const deps = await getRuntime();
  const [devices, ways] = await Promise.all([
    listDevices(deps, caller, { params: undefined, query: { homeId: home.id }, body: undefined }),
    waysToAdd(deps, caller, home.id),
  ]);
  return (
    <AreaTexts of={['device', 'scan']}>
      <DeviceList
        homeId={home.id}
        cursor={home.cursor}
        zone={home.timezone}
        initial={devices}
        now={Date.now()}
        ways={ways}
      />
    </AreaTexts>
  );
}
