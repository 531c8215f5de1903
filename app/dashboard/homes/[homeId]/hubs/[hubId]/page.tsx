import type { Metadata } from 'next';
import { HubPage } from '@/components/hub/hub-page';
import { AreaTexts } from '@/components/messages/area-texts';
import { loadHub } from '../../load-kept';

interface HubPageProps {
  params: Promise<{ homeId: string; hubId: string }>;
}

export async function generateMetadata({ params }: HubPageProps): Promise<Metadata> {
  const { homeId, hubId } = await params;
  const { hub, home } = await loadHub(homeId, hubId);
  return { title: `${hub.serial}, ${home.name}` };
}

/** One hub: what it is, what hangs behind it, and what may be done with it. */
export default async function OneHubPage({ params }: HubPageProps) {
  const { homeId, hubId } = await params;
  const { home, hub, hubs, locks, past, pairings, of, userId, isOwner } = await loadHub(homeId, hubId);
  return (
    <AreaTexts of={['hub', 'facts']}>
      <HubPage
        of={of}
        zone={home.timezone}
        hubId={hub.hubId}
        hubs={hubs}
        locks={locks}
        past={past}
        pairings={pairings}
        userId={userId}
        isOwner={isOwner}
      />
    </AreaTexts>
  );
}
