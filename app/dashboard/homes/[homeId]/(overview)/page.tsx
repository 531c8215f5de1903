import { ChevronRight, Cpu, type LucideIcon, Router, TabletSmartphone, Users } from 'lucide-react';
import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { HomeDoors } from '@/components/home/home-doors';
import { LiveRefresh } from '@/components/home/live-refresh';
import { WallBar } from '@/components/home/wall-bar';
import { RecentOpenings } from '@/components/lock/recent-openings';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { buttonClass } from '@/components/ui/button';
import { Card, cardClass } from '@/components/ui/card';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { countParts } from '@/server/services/homes/count-parts';
import { listDoors } from '@/server/services/locks/list-doors';
import { recentOpenings } from '@/server/services/openings/recent-openings';
import { loadHome } from '../load-home';

interface HomeProps {
  params: Promise<{ homeId: string }>;
  searchParams: Promise<{ wall?: string | string[] }>;
}

export async function generateMetadata({ params }: HomeProps): Promise<Metadata> {
  return { title: (await loadHome((await params).homeId)).name };
}

function Glance({
  href,
  icon: Icon,
  label,
  value,
}: {
  href: string;
  icon: LucideIcon;
  label: string;
  value: string;
}) {
  return (
    <li>
      <Link
        href={href}
        className={cardClass('flex min-h-18 items-center gap-3 px-4 py-3 hover:border-line-strong')}
      >
        <Icon aria-hidden className="size-5 shrink-0 text-ink-soft" />
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{label}</span>
          <span className="block text-sm text-ink-soft">{value}</span>
        </span>
        <ChevronRight aria-hidden className="size-5 shrink-0 text-ink-faint" />
      </Link>
    </li>
  );
}

/** What stands in the home beside its doors, and who opened them; for those who see the whole home. */
async function Around({ homeId }: { homeId: number }) {
  const path = `/dashboard/homes/${homeId}`;
  const { principal } = await requireUser(path);
  const runtime = await getRuntime();
  const [{ text }, parts, recent] = await Promise.all([
    requestMessages(),
    countParts(runtime, principal, homeId),
    recentOpenings(runtime, principal, { homeId }),
  ]);
  const { devices, connectedDevices: connected, hubs, members, invited } = parts;
  return (
    <>
      <section aria-labelledby="around" className="flex flex-col gap-3">
        <h2 id="around" className="text-xl font-semibold">
          {text('home.around')}
        </h2>
        <ul className="grid grid-cols-1 gap-4 sm:grid-cols-3">
          <Glance
            href={`${path}/devices`}
            icon={Cpu}
            label={text('home.glance.devices')}
            value={
              devices === 0
                ? text('home.glance.devices.none')
                : text('home.glance.devices.value', { count: devices, connected })
            }
          />
          <Glance
            href={`${path}/hubs`}
            icon={Router}
            label={text('home.glance.hubs')}
            value={
              hubs === 0 ? text('home.glance.hubs.none') : text('home.glance.hubs.value', { count: hubs })
            }
          />
          <Glance
            href={`${path}/members`}
            icon={Users}
            label={text('home.glance.members')}
            value={
              invited === 0
                ? text('home.glance.members.value', { count: members })
                : text('home.glance.members.invited', { count: members - invited, invited })
            }
          />
        </ul>
      </section>
      <section aria-labelledby="recent" className="flex flex-col gap-3">
        <h2 id="recent" className="text-xl font-semibold">
          {text('home.recent')}
        </h2>
        <Card>
          {recent.length === 0 ? (
            <p className="px-4 py-5 text-ink-soft">{text('home.recent.none')}</p>
          ) : (
            <RecentOpenings items={recent} withHome={false} />
          )}
        </Card>
      </section>
    </>
  );
}

export default async function HomePage({ params, searchParams }: HomeProps) {
  const [{ homeId }, { wall }] = await Promise.all([params, searchParams]);
  const home = await loadHome(homeId);
  const user = await requireUser(`/dashboard/homes/${home.id}`);
  const [{ text }, { items }] = await Promise.all([requestMessages(), listDoors(await getRuntime(), user)]);
  const isWall = wall === '1';
  const isGuest = home.role === 'guest';
  return (
    <AreaTexts of={['home']}>
      <LiveRefresh
        homes={[{ homeId: home.id, cursor: home.cursor }]}
        topics={['member', 'home', 'opening', 'presence', 'hub', 'access']}
      />
      <div className="flex flex-col gap-8">
        {isWall ? <WallBar homeId={home.id} zone={home.timezone} /> : null}
        {home.deactivated === true ? (
          <Notice tone="alarm" title={text('home.deactivated')}>
            {text('home.deactivated.text')}
          </Notice>
        ) : null}
        <HomeDoors homeId={home.id} isGuest={isGuest} initial={items} now={Date.now()} isLarge={isWall}>
          {isWall ? null : (
            <Link
              href={`/dashboard/homes/${home.id}?wall=1`}
              className={buttonClass('secondary', 'hidden lg:inline-flex')}
            >
              <TabletSmartphone aria-hidden className="size-4.5" />
              {text('home.wall')}
            </Link>
          )}
        </HomeDoors>
        {isGuest || isWall ? null : <Around homeId={home.id} />}
      </div>
    </AreaTexts>
  );
}
