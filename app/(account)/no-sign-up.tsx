import { AccountCard } from '@/components/account/account-card';
import { AccountLink, FormFoot } from '@/components/account/form-foot';
import { requestMessages } from '@/components/messages/request';

/** Stands where accounts have no e-mail address and password: who keeps them, and where to go. */
export async function NoSignUp({ type }: { type: 'phone' | 'byou' }) {
  const { text } = await requestMessages();
  return (
    <AccountCard title={text('signUp.closed.title')} lead={text(`signUp.closed.${type}`)}>
      <FormFoot>
        <AccountLink href="/sign-in">{text('account.reset.back')}</AccountLink>
      </FormFoot>
    </AccountCard>
  );
}
