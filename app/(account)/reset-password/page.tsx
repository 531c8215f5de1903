import { getRuntime } from '@/app/runtime';
import { AskMail } from '@/components/account/ask-mail';
import { NewPassword } from '@/components/account/new-password';
import { safeReturnPath } from '@/components/account/safe-return-path';
import { lookAtMail } from '@/server/services/auth/look-at-mail';
import { accountType } from '../account-type';
import { NoSignUp } from '../no-sign-up';
import { type TokenPageProps, tokenOf, tokenPageMetadata } from '../token-page';

export const generateMetadata = () => tokenPageMetadata('account.reset.title');

export default async function ResetPasswordPage({ searchParams }: TokenPageProps) {
  const type = await accountType();
  if (type !== 'email') return <NoSignUp type={type} />;
  const token = await tokenOf(searchParams);
  const look =
    token === undefined ? undefined : await lookAtMail(await getRuntime(), 'password-reset', token);
  if (token !== undefined && look !== undefined) return <NewPassword token={token} email={look.email} />;
  const returnPath = safeReturnPath((await searchParams).callbackUrl);
  return <AskMail about="password" isDead={token !== undefined} returnPath={returnPath} />;
}
