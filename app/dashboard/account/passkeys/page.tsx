import type { Metadata } from 'next';
import { getRuntime } from '@/app/runtime';
import { requireUser } from '@/app/signed-in';
import { PasskeysSection } from '@/components/account/passkeys-section';
import { AreaTexts } from '@/components/messages/area-texts';
import { requestMessages } from '@/components/messages/request';
import { listPasskeys } from '@/server/services/passkeys/list-passkeys';

export async function generateMetadata(): Promise<Metadata> {
  const { text } = await requestMessages();
  return { title: text('passkeys.title') };
}

/** Where a door that asks for a passkey sends people who have none. */
export default async function PasskeysPage() {
  const { principal, userId } = await requireUser('/dashboard/account/passkeys');
  const [{ text }, initial] = await Promise.all([
    requestMessages(),
    listPasskeys(await getRuntime(), { principal }, { params: { userId } }),
  ]);
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <h1 className="text-2xl font-semibold sm:text-3xl">{text('passkeys.page')}</h1>
      <AreaTexts of={['account']}>
        <PasskeysSection userId={userId} initial={initial} />
      </AreaTexts>
    </div>
  );
}
