import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { ActivityLog } from '@/components/activity/activity-log';
import { ActivityPageFrame } from '@/components/activity/activity-page';
import { filterText, type Given, readFilter } from '@/components/activity/filter';
import { FilterBar } from '@/components/activity/filter-bar';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { scopeOfHome } from '@/server/services/activity/activity-scope';
import { listCallers } from '@/server/services/activity/list-callers';
import { listHomeActivity } from '@/server/services/activity/list-home-activity';
import { loadHome } from '../load-home';

interface ActivityPageProps {
  params: Promise<{ homeId: string }>;
  searchParams: Promise<Given>;
}

export async function generateMetadata({ params }: ActivityPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([
    loadHome((await params).homeId, '/activity'),
    requestMessages(),
  ]);
  return { title: text('activity.titleOf', { place: name }) };
}

/** Everything that was asked of the doors of a home. */
export default async function HomeActivityPage({ params, searchParams }: ActivityPageProps) {
  const home = await loadHome((await params).homeId, '/activity');
  const { principal, userId } = await requireUser(`/dashboard/homes/${home.id}/activity`);
  const filter = readFilter(await searchParams);
  const { lockId, ...rest } = filter;
  const query = lockId === undefined ? rest : { ...rest, lockId: Number(lockId) };
  const deps = await getRuntime();
  const scope = await scopeOfHome(deps, principal, home.id);
  const [{ text }, initial, people] = await Promise.all([
    requestMessages(),
    listHomeActivity(deps, { principal }, { params: { homeId: home.id }, query }),
    listCallers(deps, scope),
  ]);
  const isGuest = home.role === 'guest';
  return (
    <AreaTexts of={['activity', 'facts']}>
      <ActivityPageFrame
        title={text('activity.title')}
        lead={text(isGuest ? 'activity.lead.ownHome' : 'activity.lead.home')}
      >
        <FilterBar
          filter={filter}
          people={people}
          doors={[...scope.doors].map(([id, name]) => ({ id, name }))}
        />
        <ActivityLog
          key={filterText(filter)}
          homeId={home.id}
          cursor={home.cursor}
          filter={filter}
          initial={initial}
          madeAt={Date.now()}
          zone={home.timezone}
          userId={userId}
          isGuest={isGuest}
        />
      </ActivityPageFrame>
    </AreaTexts>
  );
}
