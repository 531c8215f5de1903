'use client';

import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button, buttonClass } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Link } from '../ui/link';
import { AccountCard } from './account-card';
import { AskMail } from './ask-mail';
import { withReturn } from './return-path';

/** Confirms an address by a press: whatever only fetches the link, as mail programs do, uses nothing up. */
export function VerifyEmail({
  token,
  email,
  returnPath,
}: {
  token: string;
  email: string;
  returnPath: string;
}) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [state, setState] = useState<'ready' | 'busy' | 'done' | 'dead'>('ready');
  const [error, setError] = useState<unknown>();
  const confirm = async () => {
    setState('busy');
    setError(undefined);
    try {
      await api('auth.verifyEmail', { body: { token } });
      setState('done');
    } catch (failed) {
      if (failed instanceof ApiError && failed.reason === 'INVALID_TOKEN') return setState('dead');
      setError(failed);
      setState('ready');
    }
  };
  if (state === 'dead') return <AskMail about="verification" isDead returnPath={returnPath} />;
  if (state === 'done')
    return (
      <AccountCard
        isAnswer
        icon={CircleCheck}
        title={text('account.verify.done.title')}
        lead={text('account.verify.done.text')}
      >
        <Link href={withReturn('/sign-in', returnPath)} className={buttonClass('primary', 'min-h-12')}>
          {text('signUp.toSignIn')}
        </Link>
      </AccountCard>
    );
  return (
    <AccountCard title={text('account.verify.title')} lead={text('account.verify.text', { email })}>
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button
        kind="primary"
        disabled={!isHydrated || state === 'busy'}
        onClick={() => void confirm()}
        className="min-h-12"
      >
        {text(state === 'busy' ? 'account.verify.submitting' : 'account.verify.submit')}
      </Button>
    </AccountCard>
  );
}
