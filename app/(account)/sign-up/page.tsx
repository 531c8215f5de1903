import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { currentUser } from '@/app/principal';
import { safeReturnPath } from '@/components/account/safe-return-path';
import { SignUp } from '@/components/account/sign-up-form';
import { requestMessages } from '@/components/messages/request';
import { accountType } from '../account-type';
import { NoSignUp } from '../no-sign-up';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('signUp.title') };
}

interface SignUpPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export default async function SignUpPage({ searchParams }: SignUpPageProps) {
  const returnPath = safeReturnPath((await searchParams).callbackUrl);
  if ((await currentUser()) !== null) redirect(returnPath);
  const type = await accountType();
  return type === 'email' ? <SignUp returnPath={returnPath} /> : <NoSignUp type={type} />;
}
