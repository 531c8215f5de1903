import type { Metadata } from 'next';
import { HubsList } from '@/components/hub/hubs-list';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { loadHome } from '../load-home';
import { loadKept } from '../load-kept';

interface HubsPageProps {
  params: Promise<{ homeId: string }>;
}

export async function generateMetadata({ params }: HubsPageProps): Promise<Metadata> {
  const [{ text }, home] = await Promise.all([requestMessages(), loadHome((await params).homeId, '/hubs')]);
  return { title: `${text('hub.title')}, ${home.name}` };
}

/** The hubs of a home. */
export default async function HubsPage({ params }: HubsPageProps) {
  const { home, hubs, locks, of, isOwner } = await loadKept((await params).homeId, '/hubs');
  return (
    <AreaTexts of={['hub', 'scan']}>
      <HubsList of={of} zone={home.timezone} hubs={hubs} locks={locks} isOwner={isOwner} />
    </AreaTexts>
  );
}
