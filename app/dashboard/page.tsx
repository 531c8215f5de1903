import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { DashboardDoors } from '@/components/dashboard/dashboard-doors';
import { LiveRefresh } from '@/components/home/live-refresh';
import { RecentOpenings } from '@/components/lock/recent-openings';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { Card } from '@/components/ui/card';
import { listMyHomes } from '@/server/services/homes/list-my-homes';
import { listDoors } from '@/server/services/locks/list-doors';
import { recentOpenings } from '@/server/services/openings/recent-openings';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('doors.title') };
}

export default async function DashboardPage() {
  const user = await requireUser('/dashboard');
  const runtime = await getRuntime();
  const [{ text }, { items }, homes, recent] = await Promise.all([
    requestMessages(),
    listDoors(runtime, user),
    listMyHomes(runtime, user.principal),
    recentOpenings(runtime, user.principal),
  ]);
  return (
    <AreaTexts of={['dashboard']}>
      <div className="flex flex-col gap-2">
        <h1 className="text-3xl font-semibold">{text('doors.title')}</h1>
        <LiveRefresh
          homes={homes.map(({ id, cursor }) => ({ homeId: id, cursor }))}
          topics={['opening', 'member', 'home', 'hub']}
        />
        <DashboardDoors initial={items} homes={homes} now={Date.now()} />
        {recent.length === 0 ? null : (
          <section aria-labelledby="recent" className="mt-6 flex flex-col gap-3">
            <h2 id="recent" className="text-base font-semibold text-ink-soft">
              {text('dashboard.recent')}
            </h2>
            <Card>
              <RecentOpenings items={recent} withHome={homes.length > 1} />
            </Card>
          </section>
        )}
      </div>
    </AreaTexts>
  );
}
