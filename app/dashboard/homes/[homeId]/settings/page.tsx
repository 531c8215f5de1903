import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { HomeSettings } from '@/components/home/home-settings';
import { LiveRefresh } from '@/components/home/live-refresh';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { countParts } from '@/server/services/homes/count-parts';
import { loadHome } from '../load-home';

interface SettingsProps {
  params: Promise<{ homeId: string }>;
}

export async function generateMetadata({ params }: SettingsProps): Promise<Metadata> {
  const [{ text }, home] = await Promise.all([
    requestMessages(),
    loadHome((await params).homeId, '/settings'),
  ]);
  return { title: `${text('home.tab.settings')}, ${home.name}` };
}

export default async function Settings({ params }: SettingsProps) {
  const home = await loadHome((await params).homeId, '/settings');
  if (home.role === 'guest') notFound();
  const { principal, userId } = await requireUser(`/dashboard/homes/${home.id}/settings`);
  const counts = await countParts(await getRuntime(), principal, home.id);
  return (
    <AreaTexts of={['home', 'member']}>
      <LiveRefresh homes={[{ homeId: home.id, cursor: home.cursor }]} topics={['home', 'member']} />
      <HomeSettings
        home={{
          id: home.id,
          name: home.name,
          timezone: home.timezone,
          role: home.role,
          isDeactivated: home.deactivated === true,
        }}
        userId={userId}
        isLastOwner={home.role === 'owner' && counts.owners === 1}
        counts={counts}
      />
    </AreaTexts>
  );
}
