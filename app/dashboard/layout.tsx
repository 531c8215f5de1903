import type { ReactNode } from 'react';
import type { CurrentUser } from '@/app/principal';
import { getRuntime } from '@/app/runtime';
import { signedIn } from '@/app/signed-in';
import { QueryProvider } from '@/components/hooks/query-provider';
import { LookBanner, LookWatch } from '@/components/look/look-watch';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { AppHeader } from '@/components/shell/app-header';
import { ConnectionNotice } from '@/components/shell/connection-notice';
import { ServiceWorker } from '@/components/shell/service-worker';
import { Toasts } from '@/components/ui/toast';
import { listMyViews } from '@/server/services/views/list-my-views';

/** What the person's own browser has beside its pages, and a browser of staff that looks through their eyes has not. */
async function OwnBrowser({ user }: { user: CurrentUser }) {
  const initial = await listMyViews(await getRuntime(), user);
  return (
    <>
      <LookWatch initial={initial} now={Date.now()} />
      <ConnectionNotice />
      <ServiceWorker />
    </>
  );
}

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const [{ text }, user] = await Promise.all([requestMessages(), signedIn()]);
  // Each page sends its visitor to sign in and back; without a session there is nobody to frame a page for.
  if (user === null) return children;
  const { look } = user;
  return (
    <AreaTexts of={['look']}>
      {look === undefined ? null : (
        <LookBanner
          viewId={look.principal.view?.id ?? ''}
          homeId={look.homeId}
          ownerName={user.name}
          expiresAt={look.expiresAt.toISOString()}
        />
      )}
      <AppHeader userName={user.name} isLook={look !== undefined} text={text} />
      <QueryProvider>
        <main id="content" className="mx-auto max-w-6xl px-4 pt-6 pb-24 sm:px-6 sm:pt-8">
          {children}
        </main>
        {look === undefined ? <OwnBrowser user={user} /> : null}
      </QueryProvider>
      <Toasts label={text('ui.notices')} />
    </AreaTexts>
  );
}
