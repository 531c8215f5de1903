'use client';

import { AccountCard } from '../account/account-card';
import { useText } from '../messages/provider';
import { CodeForm, type StepProps } from './code-form';

/** Second step: a code of the authenticator. */
export function CodeStep({ email, ...rest }: StepProps) {
  const text = useText();
  return (
    <AccountCard title={text('support.signIn.code.title')} lead={text('support.signIn.code.lead', { email })}>
      <CodeForm hasFocus {...rest} />
    </AccountCard>
  );
}
