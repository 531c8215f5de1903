'use client';

import { AccountCard } from '../account/account-card';
import { useText } from '../messages/provider';
import { CodeForm, type StepProps } from './code-form';
import { PasskeyFactor } from './passkey-factor';

/** Second step: a code of the authenticator, or a passkey of the account. */
export function CodeStep({ email, hasPasskey, ...rest }: StepProps & { hasPasskey: boolean }) {
  const text = useText();
  return (
    <AccountCard title={text('support.signIn.code.title')} lead={text('support.signIn.code.lead', { email })}>
      {hasPasskey ? <PasskeyFactor onNext={rest.onNext} onBegin={rest.onBegin} /> : null}
      <CodeForm hasFocus={!hasPasskey} {...rest} />
    </AccountCard>
  );
}
