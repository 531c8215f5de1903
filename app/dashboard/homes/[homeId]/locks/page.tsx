import type { Metadata } from 'next';
import { HomeLocks } from '@/components/hub/home-locks';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { loadHome } from '../load-home';
import { loadKept } from '../load-kept';

interface LocksPageProps {
  params: Promise<{ homeId: string }>;
}

export async function generateMetadata({ params }: LocksPageProps): Promise<Metadata> {
  const [{ text }, home] = await Promise.all([requestMessages(), loadHome((await params).homeId, '/locks')]);
  return { title: `${text('hub.lock.title')}, ${home.name}` };
}

/** The locks of a home, for those who keep it. */
export default async function LocksPage({ params }: LocksPageProps) {
  const { home, hubs, locks, of, isOwner } = await loadKept((await params).homeId, '/locks');
  return (
    <AreaTexts of={['hub', 'facts']}>
      <HomeLocks of={of} zone={home.timezone} hubs={hubs} locks={locks} isOwner={isOwner} />
    </AreaTexts>
  );
}
