import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentUser } from '@/app/principal';
import { PasskeySignIn } from '@/components/account/passkey-sign-in';
import { safeReturnPath } from '@/components/account/safe-return-path';
import { SignInForm } from '@/components/account/sign-in-form';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { accountType } from '../account-type';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('signIn.title') };
}

/** What another page did before it led here. */
const notices = ['verified', 'password', 'deleted'] as const;

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; notice?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { text } = await requestMessages();
  const { callbackUrl, notice } = await searchParams;
  const returnPath = safeReturnPath(callbackUrl);
  const said = notices.find((known) => known === notice);
  if ((await currentUser()) !== null) redirect(returnPath);
  return (
    <Card className="flex flex-col gap-6 p-6 sm:p-8">
      <div>
        <h1 className="text-2xl font-semibold">{text('signIn.title')}</h1>
        <p className="mt-1 text-ink-soft">{text('signIn.lead')}</p>
      </div>
      {said === undefined ? null : (
        <Notice tone="plain" role="status">
          {text(`signIn.notice.${said}`)}
        </Notice>
      )}
      <SignInForm returnPath={returnPath} canSignUp={(await accountType()) === 'email'}>
        <AreaTexts of={['account']}>
          <PasskeySignIn returnPath={returnPath} />
        </AreaTexts>
      </SignInForm>
    </Card>
  );
}
