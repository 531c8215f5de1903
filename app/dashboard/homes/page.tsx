import { House } from 'lucide-react';
import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { CreateHomeButton } from '@/components/home/create-home-button';
import { HomesList } from '@/components/home/homes-list';
import { LiveRefresh } from '@/components/home/live-refresh';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { EmptyState } from '@/components/ui/empty-state';
import { listMyHomes } from '@/server/services/homes/list-my-homes';
import { listDoors } from '@/server/services/locks/list-doors';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('nav.homes') };
}

export default async function HomesPage() {
  const user = await requireUser('/dashboard/homes');
  const runtime = await getRuntime();
  const [{ text }, homes, { items }] = await Promise.all([
    requestMessages(),
    listMyHomes(runtime, user.principal),
    listDoors(runtime, user),
  ]);
  return (
    <AreaTexts of={['home', 'member']}>
      <div className="flex flex-col gap-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-3xl font-semibold">{text('nav.homes')}</h1>
          {homes.length === 0 ? null : <CreateHomeButton />}
        </div>
        <LiveRefresh
          homes={homes.map(({ id, cursor }) => ({ homeId: id, cursor }))}
          topics={['home', 'member']}
        />
        {homes.length === 0 ? (
          <EmptyState icon={House} title={text('home.none.title')} text={text('home.none.text')}>
            <CreateHomeButton />
          </EmptyState>
        ) : (
          <HomesList homes={homes} doors={items} now={Date.now()} />
        )}
      </div>
    </AreaTexts>
  );
}
