import type { Metadata } from 'next';
import { PairLock } from '@/components/hub/pair-lock';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { loadHub } from '../../../load-kept';

interface PairPageProps {
  params: Promise<{ homeId: string; hubId: string }>;
}

export async function generateMetadata({ params }: PairPageProps): Promise<Metadata> {
  const { homeId, hubId } = await params;
  const [{ text }, { home }] = await Promise.all([requestMessages(), loadHub(homeId, hubId, '/pair')]);
  return { title: `${text('hub.pair.title')}, ${home.name}` };
}

/** Pairs a lock with this hub, and shows where a pairing under way stands. */
export default async function PairPage({ params }: PairPageProps) {
  const { homeId, hubId } = await params;
  const { home, hub, hubs, locks, pairings, of, isOwner } = await loadHub(homeId, hubId, '/pair');
  return (
    <AreaTexts of={['hub', 'scan']}>
      <PairLock
        of={of}
        zone={home.timezone}
        hubId={hub.hubId}
        hubs={hubs}
        locks={locks}
        pairings={pairings}
        isOwner={isOwner}
      />
    </AreaTexts>
  );
}
