import type { ReactNode } from 'react';
import type { CurrentUser } from '@/app/principal';
import { getRuntime } from '@/app/runtime';
import { signedIn } from '@/app/signed-in';
import { QueryProvider } from '@/components/hooks/query-provider';
import { leavePath } from '@/components/look/leave-path';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { AppHeader } from '@/components/shell/app-header';
import { LookBanner, OwnBrowser } from '@/components/shell/later-parts';
import { Toasts } from '@/components/ui/toast';
import { listMyViews } from '@/server/services/views/list-my-views';

/** Beside the pages of a person's own browser, and not of one of staff that looks through their eyes. */
async function BesidePages({ user }: { user: CurrentUser }) {
  return <OwnBrowser looks={await listMyViews(await getRuntime(), user)} now={Date.now()} />;
}

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const [{ text }, user] = await Promise.all([requestMessages(), signedIn()]);
  // Each page sends its visitor to sign in and back; without a session there is nobody to frame a page for.
  if (user === null) return children;
  const { look } = user;
  const viewId = look?.principal.view?.id ?? '';
  return (
    <AreaTexts of={['look']}>
      {look === undefined ? null : (
        <LookBanner
          viewId={viewId}
          homeId={look.homeId}
          ownerName={user.name}
          expiresAt={look.expiresAt.toISOString()}
        />
      )}
      <AppHeader userName={user.name} isLook={look !== undefined} text={text} />
      <QueryProvider leavePath={look === undefined ? undefined : leavePath(viewId)}>
        <main
          id="content"
          data-user={user.userId}
          className="mx-auto max-w-6xl px-4 pt-6 pb-24 sm:px-6 sm:pt-8"
        >
          {children}
        </main>
        {look === undefined ? <BesidePages user={user} /> : null}
      </QueryProvider>
      <Toasts label={text('ui.notices')} />
    </AreaTexts>
  );
}
