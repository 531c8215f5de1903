import type { ReactNode } from 'react';
import { signedInStaff } from '@/app/signed-in-staff';
import { LanguageSwitch } from '@/components/account/language-switch';
import { QueryProvider } from '@/components/hooks/query-provider';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { SupportHeader } from '@/components/support/support-header';
import { Toasts } from '@/components/ui/toast';

export default async function SupportLayout({ children }: { children: ReactNode }) {
  const [{ text, language }, staff] = await Promise.all([requestMessages(), signedInStaff()]);
  // Each page sends its visitor to sign in and back; without a session there is nobody to frame a page for.
  if (staff === null) return children;
  return (
    <AreaTexts of={['support']}>
      <SupportHeader name={staff.name} role={staff.role} />
      <main
        id="content"
        className="mx-auto max-w-6xl px-4 pt-6 pb-16 sm:px-6 sm:pt-8 print:max-w-none print:p-0"
      >
        <QueryProvider signInPath="/support/sign-in">{children}</QueryProvider>
      </main>
      <footer className="pb-10 print:hidden">
        <LanguageSwitch current={language} label={text('account.language.choose')} />
      </footer>
      <Toasts label={text('ui.notices')} />
    </AreaTexts>
  );
}
