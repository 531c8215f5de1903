import { Bell } from 'lucide-react';
import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { ActivityLog } from '@/components/activity/activity-log';
import { ActivityPageFrame } from '@/components/activity/activity-page';
import { filterText, type Given, readFilter } from '@/components/activity/filter';
import { FilterBar } from '@/components/activity/filter-bar';
import { ActivityParts } from '@/components/condition/activity-parts';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { buttonClass } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { scopeOfLock } from '@/server/services/activity/activity-scope';
import { listCallers } from '@/server/services/activity/list-callers';
import { listLockActivity } from '@/server/services/activity/list-lock-activity';
import { loadDoor } from '../../../load-door';

interface ActivityPageProps {
  params: Promise<{ lockId: string }>;
  searchParams: Promise<Given>;
}

export async function generateMetadata({ params }: ActivityPageProps): Promise<Metadata> {
  const [{ name }, { text }] = await Promise.all([loadDoor((await params).lockId), requestMessages()]);
  return { title: text('activity.titleOf', { place: name }) };
}

/** Everything that was asked of one door. */
export default async function LockActivityPage({ params, searchParams }: ActivityPageProps) {
  const door = await loadDoor((await params).lockId);
  const { principal, userId } = await requireUser(`/dashboard/locks/${door.lockId}/activity`);
  const { lockId: _one, ...filter } = readFilter(await searchParams);
  const deps = await getRuntime();
  const scope = await scopeOfLock(deps, principal, door.lockId);
  const [{ text }, initial, people] = await Promise.all([
    requestMessages(),
    listLockActivity(deps, { principal }, { params: { id: door.lockId }, query: filter }),
    listCallers(deps, scope),
  ]);
  const isGuest = door.role === 'guest';
  return (
    <AreaTexts of={['activity', 'facts']}>
      {isGuest ? null : <ActivityParts lockId={door.lockId} current="log" text={text} />}
      <ActivityPageFrame
        title={text('activity.title')}
        lead={text(isGuest ? 'activity.lead.own' : 'activity.lead.lock')}
        action={
          <Link
            href={`/dashboard/notifications#door-${door.lockId}`}
            className={buttonClass('quiet', '-mx-4')}
          >
            <Bell aria-hidden className="size-4.5" />
            {text('activity.notifications')}
          </Link>
        }
      >
        <FilterBar filter={filter} people={people} doors={[]} />
        <ActivityLog
          key={filterText(filter)}
          homeId={door.homeId}
          lockId={door.lockId}
          cursor={door.cursor}
          filter={filter}
          initial={initial}
          madeAt={Date.now()}
          zone={door.timezone}
          userId={userId}
          isGuest={isGuest}
        />
      </ActivityPageFrame>
    </AreaTexts>
  );
}
