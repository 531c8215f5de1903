import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { requestMessages } from '@/components/messages/request';
import { Tabs } from '@/components/shell/tabs';
import { Link } from '@/components/ui/link';
import { loadHome } from './load-home';

interface HomeLayoutProps {
  params: Promise<{ homeId: string }>;
  children: ReactNode;
}

/** Frame of all pages of one home: its name and the way between them. Guests see what is theirs and nothing else. */
export default async function HomeLayout({ params, children }: HomeLayoutProps) {
  const home = await loadHome((await params).homeId);
  const { text } = await requestMessages();
  const path = `/dashboard/homes/${home.id}`;
  const parts =
    home.role === 'guest'
      ? (['overview'] as const)
      : (['overview', 'members', 'devices', 'locks', 'hubs', 'kv', 'activity', 'settings'] as const);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <Link
          href="/dashboard/homes"
          className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 rounded-lg pr-2 text-[0.9375rem] text-ink-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4.5" />
          {text('nav.homes')}
        </Link>
        <h1 className="text-3xl font-semibold break-words">{home.name}</h1>
      </div>
      <Tabs
        label={text('nav.home')}
        tabs={parts.map((part) => ({
          href: part === 'overview' ? path : `${path}/${part}`,
          label: text(`home.tab.${part}`),
        }))}
      />
      {children}
    </div>
  );
}
