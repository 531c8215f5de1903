import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { KvTable } from '@/components/kv/kv-table';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { listHomeValues } from '@/server/services/kv/list-home-values';
import { loadHomeOfMember } from '../devices/load-devices';
import { loadHome } from '../load-home';

interface KvPageProps {
  params: Promise<{ homeId: string }>;
}

export async function generateMetadata({ params }: KvPageProps): Promise<Metadata> {
  const [{ text }, home] = await Promise.all([requestMessages(), loadHome((await params).homeId)]);
  return { title: `${text('home.tab.kv')}, ${home.name}` };
}

export default async function KvPage({ params }: KvPageProps) {
  const { home, caller } = await loadHomeOfMember((await params).homeId, '/kv');
  const list = await listHomeValues(await getRuntime(), caller, {
    params: { homeId: home.id },
    query: {},
    body: undefined,
  });
  return (
    <AreaTexts of={['kv']}>
      <KvTable
        owner={{ homeId: home.id }}
        cursor={home.cursor}
        zone={home.timezone}
        initial={list.text}
        now={Date.now()}
      />
    </AreaTexts>
  );
}
