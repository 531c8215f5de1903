import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { DeleteSection } from '@/components/account/delete-section';
import { LanguageSection } from '@/components/account/language-section';
import { PasskeysSection } from '@/components/account/passkeys-section';
import { PasswordSection } from '@/components/account/password-section';
import { ProfileSection } from '@/components/account/profile-section';
import { SessionsSection } from '@/components/account/sessions-section';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { listPasskeys } from '@/server/services/passkeys/list-passkeys';
import { listSessions } from '@/server/services/user-session/list-sessions';
import { loadAccount } from '@/server/services/users/load-account';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('account.title') };
}

export default async function AccountPage() {
  const { principal, userId } = await requireUser('/dashboard/account');
  const deps = await getRuntime();
  const [{ text }, account, sessions, passkeys] = await Promise.all([
    requestMessages(),
    loadAccount(deps, principal, userId),
    listSessions(deps, { principal, via: 'page' }, { params: { userId }, query: undefined, body: undefined }),
    listPasskeys(deps, { principal }, { params: { userId } }),
  ]);
  const { name, email, phoneNumber, homes } = account;
  return (
    <AreaTexts of={['account']}>
      <div className="flex flex-col gap-10">
        <div>
          <h1 className="text-3xl font-semibold">{text('account.title')}</h1>
          <p className="mt-1 text-ink-soft">{text('account.lead')}</p>
        </div>
        <ProfileSection userId={userId} name={name} email={email} phoneNumber={phoneNumber} />
        <LanguageSection userId={userId} />
        {account.hasPassword ? <PasswordSection userId={userId} email={email ?? ''} /> : null}
        <PasskeysSection userId={userId} initial={passkeys} />
        <SessionsSection userId={userId} initial={sessions} />
        <DeleteSection account={{ userId, word: email ?? phoneNumber ?? String(userId), homes }} />
      </div>
    </AreaTexts>
  );
}
