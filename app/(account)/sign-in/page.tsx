import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentUser } from '@/app/principal';
import { PasskeySignIn } from '@/components/account/passkey-sign-in';
import { safeReturnPath } from '@/components/account/safe-return-path';
import { SignInForm } from '@/components/account/sign-in-form';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { Card } from '@/components/ui/card';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('signIn.title') };
}

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { text } = await requestMessages();
  const returnPath = safeReturnPath((await searchParams).callbackUrl);
  if ((await currentUser()) !== null) redirect(returnPath);
  return (
    <Card className="flex flex-col gap-6 p-6 sm:p-8">
      <div>
        <h1 className="text-2xl font-semibold">{text('signIn.title')}</h1>
        <p className="mt-1 text-ink-soft">{text('signIn.lead')}</p>
      </div>
      <SignInForm returnPath={returnPath} />
      <AreaTexts of={['account']}>
        <PasskeySignIn returnPath={returnPath} />
      </AreaTexts>
    </Card>
  );
}
