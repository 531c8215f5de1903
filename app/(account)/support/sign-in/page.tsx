import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { staffSignIn } from '@/app/signed-in-staff';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { StaffSignIn } from '@/components/support/staff-sign-in';
import { supportReturnPath } from '@/components/support/support-return-path';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('support.signIn.title') };
}

interface SignInPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[]; notice?: string | string[] }>;
}

export default async function StaffSignInPage({ searchParams }: SignInPageProps) {
  const [{ callbackUrl, notice }, session] = await Promise.all([searchParams, staffSignIn()]);
  const returnPath = supportReturnPath(callbackUrl);
  if (session.step === 'done') redirect(returnPath);
  return (
    <AreaTexts of={['support']}>
      <StaffSignIn session={session} returnPath={returnPath} isSetUp={notice === 'set-up'} />
    </AreaTexts>
  );
}
