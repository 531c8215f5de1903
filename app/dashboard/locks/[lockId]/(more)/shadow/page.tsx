import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { ShadowView } from '@/components/device/shadow-view';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { getLockShadow } from '@/server/services/locks/get-shadow';
import { loadDoor } from '../../load-door';

interface LockShadowPageProps {
  params: Promise<{ lockId: string }>;
}

export async function generateMetadata({ params }: LockShadowPageProps): Promise<Metadata> {
  const [{ text }, { name }] = await Promise.all([requestMessages(), loadDoor((await params).lockId)]);
  return { title: `${text('device.shadow.title')}, ${name}` };
}

/** The shadow of a lock, for owners of its home alone. */
export default async function LockShadowPage({ params }: LockShadowPageProps) {
  const door = await loadDoor((await params).lockId);
  if (door.role !== 'owner') notFound();
  const { principal } = await requireUser(`/dashboard/locks/${door.lockId}/shadow`);
  const shadow = await getLockShadow(await getRuntime(), { principal }, { params: { id: door.lockId } });
  return (
    <AreaTexts of={['device']}>
      <ShadowView
        key={door.lockId}
        of={{ lockId: door.lockId }}
        initial={JSON.parse(JSON.stringify(shadow)) as typeof shadow}
        zone={door.timezone}
        level={2}
      />
    </AreaTexts>
  );
}
