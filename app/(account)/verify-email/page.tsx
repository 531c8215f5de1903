import { cookies } from 'next/headers';
import { getRuntime } from '@/app/runtime';
import { AskMail } from '@/components/account/ask-mail';
import { rememberedReturn, returnCookie } from '@/components/account/return-path';
import { VerifyEmail } from '@/components/account/verify-email';
import { lookAtMail } from '@/server/services/auth/look-at-mail';
import { accountType } from '../account-type';
import { NoSignUp } from '../no-sign-up';
import { type TokenPageProps, tokenOf, tokenPageMetadata } from '../token-page';

export const generateMetadata = () => tokenPageMetadata('account.verify.title');

export default async function VerifyEmailPage({ searchParams }: TokenPageProps) {
  const type = await accountType();
  if (type !== 'email') return <NoSignUp type={type} />;
  const token = await tokenOf(searchParams);
  const returnPath = rememberedReturn((await cookies()).get(returnCookie)?.value);
  const look = token === undefined ? undefined : await lookAtMail(await getRuntime(), 'email', token);
  if (token === undefined || look === undefined)
    return <AskMail about="verification" isDead={token !== undefined} returnPath={returnPath} />;
  return <VerifyEmail token={token} email={look.email} returnPath={returnPath} />;
}
