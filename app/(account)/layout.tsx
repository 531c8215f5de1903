import type { ReactNode } from 'react';
import { LanguageSwitch } from '@/components/account/language-switch';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { Brand } from '@/components/shell/brand';

/** Pages for people who are not signed in: one narrow column. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const { text, language } = await requestMessages();
  return (
    <AreaTexts of={['account']}>
      <div className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-8 px-4 py-10">
        <header className="flex justify-center">
          <Brand name={text('app.name')} className="text-2xl" />
        </header>
        <main id="content">{children}</main>
        <footer>
          <LanguageSwitch current={language} label={text('account.language.choose')} />
        </footer>
      </div>
    </AreaTexts>
  );
}
