import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { signedIn } from '@/app/signed-in';
import { HubPage } from '@/components/hub/hub-page';
import { AreaTexts } from '@/components/messages/area-texts';
import { listMyHomes } from '@/server/services/homes/list-my-homes';
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
  const user = await signedIn();
  const homes = isOwner && user !== null ? await listMyHomes(await getRuntime(), user.principal) : [];
  const otherHomes = homes
    .filter(({ id, role }) => role === 'owner' && id !== home.id)
    .map(({ id, name }) => ({ id, name }));
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
        otherHomes={otherHomes}
      />
    </AreaTexts>
  );
}
