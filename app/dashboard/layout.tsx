import type { ReactNode } from 'react';
import { signedIn } from '@/app/signed-in';
import { QueryProvider } from '@/components/hooks/query-provider';
import { requestMessages } from '@/components/messages/request';
import { AppHeader } from '@/components/shell/app-header';
import { ConnectionNotice } from '@/components/shell/connection-notice';
import { ServiceWorker } from '@/components/shell/service-worker';
import { Toasts } from '@/components/ui/toast';

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const [{ text }, user] = await Promise.all([requestMessages(), signedIn()]);
  // Each page sends its visitor to sign in and back; without a session there is nobody to frame a page for.
  if (user === null) return children;
  return (
    <>
      <AppHeader userName={user.name} text={text} />
      <main id="content" className="mx-auto max-w-6xl px-4 pt-6 pb-24 sm:px-6 sm:pt-8">
        <QueryProvider>{children}</QueryProvider>
      </main>
      <ConnectionNotice />
      <ServiceWorker />
      <Toasts label={text('ui.notices')} />
    </>
  );
}
