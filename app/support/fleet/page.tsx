import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { FleetBoard } from '@/components/fleet/fleet-board';
import { fleetPath, fleetQuery, readFleetFilter } from '@/components/fleet/fleet-range';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages, requestZone } from '@/components/messages/request';
import { worksFor } from '@/server/domain/principal';
import { showFleet } from '@/server/services/fleet/show-fleet';
import { listStaffProjects } from '@/server/services/staff/list-projects';

interface FleetPageProps {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('fleet.title') };
}

/** What happens in all homes of the projects that the member of staff works for. */
export default async function FleetPage({ searchParams }: FleetPageProps) {
  const filter = readFleetFilter(await searchParams);
  const principal = await requireStaff(fleetPath(filter));
  if (filter.project !== undefined && !worksFor(principal, Number(filter.project))) notFound();
  const deps = await getRuntime();
  const query = fleetQuery(filter, deps.clock.now().getTime(), (await requestZone()) ?? 'UTC');
  const [{ text }, projects, initial] = await Promise.all([
    requestMessages(),
    listStaffProjects(deps, principal),
    showFleet(deps, { principal }, { query }),
  ]);
  return (
    <AreaTexts of={['fleet', 'chart']}>
      <div className="flex flex-col gap-4">
        <div>
          <h1 className="text-2xl font-semibold">{text('fleet.title')}</h1>
          <p className="text-pretty text-ink-soft">{text('fleet.lead')}</p>
        </div>
        <FleetBoard filter={filter} projects={projects} initial={initial} />
      </div>
    </AreaTexts>
  );
}
