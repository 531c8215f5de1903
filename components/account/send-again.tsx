'use client';

import { useState } from 'react';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';

/** Has the mail sent once more, and says so where it was asked. */
export function SendAgain({ email, about }: { email: string; about: 'verification' | 'password' }) {
  const text = useText();
  const [state, setState] = useState<'ready' | 'busy' | 'sent'>('ready');
  const [error, setError] = useState<unknown>();
  const send = async () => {
    setState('busy');
    setError(undefined);
    try {
      await api('auth.sendMail', { body: { email, about } });
      setState('sent');
    } catch (failed) {
      setError(failed);
      setState('ready');
    }
  };
  return (
    <div className="flex flex-col gap-3">
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Button disabled={state === 'busy'} onClick={() => void send()}>
        {text(state === 'busy' ? 'account.verify.sending' : 'signUp.sent.again')}
      </Button>
      <p role="status" className="text-sm text-ink-soft empty:hidden">
        {state === 'sent' ? text('signUp.sent.repeated') : ''}
      </p>
    </div>
  );
}
