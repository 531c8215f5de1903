import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { ShadowView } from '@/components/device/shadow-view';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { Link } from '@/components/ui/link';
import { getHubShadow } from '@/server/services/hubs/get-shadow';
import { loadHub } from '../../../load-kept';

interface HubShadowPageProps {
  params: Promise<{ homeId: string; hubId: string }>;
}

export async function generateMetadata({ params }: HubShadowPageProps): Promise<Metadata> {
  const { homeId, hubId } = await params;
  const [{ text }, { hub }] = await Promise.all([requestMessages(), loadHub(homeId, hubId, '/shadow')]);
  return { title: `${text('device.shadow.title')}, ${hub.serial}` };
}

/** The shadow of a hub, for owners of its home alone. */
export default async function HubShadowPage({ params }: HubShadowPageProps) {
  const { homeId, hubId } = await params;
  const [{ text }, { home, hub, isOwner }] = await Promise.all([
    requestMessages(),
    loadHub(homeId, hubId, '/shadow'),
  ]);
  if (!isOwner) notFound();
  const path = `/dashboard/homes/${home.id}/hubs/${hub.hubId}`;
  const { principal } = await requireUser(`${path}/shadow`);
  const shadow = await getHubShadow(await getRuntime(), { principal }, { params: { id: hub.hubId } });
  return (
    <AreaTexts of={['device']}>
      <div className="flex flex-col gap-1">
        <Link
          href={path}
          className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 self-start rounded-lg pr-2 text-[0.9375rem] break-all text-ink-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4.5 shrink-0" />
          {text('hub.shadow.back', { hub: hub.serial })}
        </Link>
        <ShadowView
          key={hub.hubId}
          of={{ hubId: hub.hubId }}
          initial={JSON.parse(JSON.stringify(shadow)) as typeof shadow}
          zone={home.timezone}
          level={2}
        />
      </div>
    </AreaTexts>
  );
}
