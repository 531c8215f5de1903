import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { DoorsOverview } from '@/components/lock/doors-overview';
import { requestMessages } from '@/components/messages/request';
import { listDoors } from '@/server/services/locks/list-doors';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('doors.title') };
}

export default async function DashboardPage() {
  const { principal } = await requireUser('/dashboard');
  const [{ text }, { items }] = await Promise.all([
    requestMessages(),
    listDoors(await getRuntime(), principal),
  ]);
  return (
    <div className="flex flex-col gap-2">
      <h1 className="text-3xl font-semibold">{text('doors.title')}</h1>
      <DoorsOverview initial={items} now={Date.now()} />
    </div>
  );
}
