import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { SearchBoard } from '@/components/console/search-board';
import { readSearch, searchText } from '@/components/console/search-query';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { searchEverything } from '@/server/services/console/search';
import { listViews } from '@/server/services/console/views';
import { listStaffProjects } from '@/server/services/staff/list-projects';

interface SupportPageProps {
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('support.title') };
}

/** One box over everything that the member of staff works for. */
export default async function SupportPage({ searchParams }: SupportPageProps) {
  const query = readSearch(await searchParams);
  const words = searchText(query);
  const principal = await requireStaff(words === '' ? '/support' : `/support?${words}`);
  const deps = await getRuntime();
  const { q, project, ...rest } = query;
  const [{ text }, projects, { items: views }, initial] = await Promise.all([
    requestMessages(),
    listStaffProjects(deps, principal),
    listViews(deps, { principal, via: 'page' }),
    q === undefined
      ? undefined
      : searchEverything(
          deps,
          { principal },
          { query: { q, ...rest, ...(project === undefined ? {} : { project: Number(project) }) } },
        ),
  ]);
  return (
    <AreaTexts of={['console']}>
      <div className="flex flex-col gap-4">
        <h1 className="text-2xl font-semibold">{text('support.title')}</h1>
        <SearchBoard query={query} initial={initial} projects={projects} views={views} />
      </div>
    </AreaTexts>
  );
}
