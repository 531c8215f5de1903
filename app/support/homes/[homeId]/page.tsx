import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireStaff } from '@/app/signed-in-staff';
import { loadSupportedHome } from '@/app/support/load-supported';
import { HomeBoard } from '@/components/console/home-board';
import { AreaTexts } from '@/components/messages/area-texts';
import { lineKinds } from '@/server/contracts/console-words';
import { readTimeline } from '@/server/services/console/read-timeline';
import { listViewsForStaff } from '@/server/services/views/list-views';

interface HomePageProps {
  params: Promise<{ homeId: string }>;
  searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

const lookNotices = ['over', 'closed'] as const;

export async function generateMetadata({ params }: HomePageProps): Promise<Metadata> {
  return { title: (await loadSupportedHome((await params).homeId)).name };
}

function momentIn(value: string | string[] | undefined): string | undefined {
  if (typeof value !== 'string' || Number.isNaN(Date.parse(value))) return undefined;
  return new Date(value).toISOString();
}

/** A home on one page, at the present or around a moment that the address names. */
export default async function SupportedHomePage({ params, searchParams }: HomePageProps) {
  const home = await loadSupportedHome((await params).homeId);
  const given = await searchParams;
  const principal = await requireStaff(`/support/homes/${home.id}`);
  const kinds = lineKinds.find((kind) => kind === given.kinds);
  const at = momentIn(given.at);
  const lookNotice = lookNotices.find((notice) => notice === given.look);
  const deps = await getRuntime();
  const caller = { principal, via: 'page' } as const;
  const ofHome = { homeId: home.id };
  const [timeline, looks] = await Promise.all([
    readTimeline(deps, caller, {
      params: ofHome,
      query: { kinds, at, before: undefined, after: undefined },
      body: undefined,
    }),
    listViewsForStaff(deps, caller, { params: ofHome, query: undefined, body: undefined }),
  ]);
  return (
    <AreaTexts of={['console', 'audit']}>
      <HomeBoard
        initial={home}
        timeline={timeline}
        looks={looks}
        lookNotice={lookNotice}
        kinds={kinds}
        at={at}
      />
    </AreaTexts>
  );
}
