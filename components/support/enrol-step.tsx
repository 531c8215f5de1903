'use client';

import { useCallback, useEffect, useState } from 'react';
import { AccountCard } from '../account/account-card';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { AuthenticatorSecret } from './authenticator-secret';
import { CodeForm, type StepProps } from './code-form';

type Begun = { uri: string; secret: string } | { error: unknown };

/** In between, the first time: an authenticator is connected, by a picture or by hand, and proved by a code. */
export function EnrolStep({ email: _email, onNext, onBegin }: StepProps) {
  const text = useText();
  const [begun, setBegun] = useState<Begun>();
  const begin = useCallback(() => {
    let isCurrent = true;
    setBegun(undefined);
    api('staff.startFactor', {}).then(
      (made) => isCurrent && setBegun(made),
      (error: unknown) => isCurrent && setBegun({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  useEffect(begin, [begin]);
  const isTooLate =
    begun !== undefined && 'error' in begun && begun.error instanceof ApiError && begun.error.status === 401;
  useEffect(() => {
    if (isTooLate) onBegin('late');
  }, [isTooLate, onBegin]);
  return (
    <AccountCard title={text('support.signIn.enrol.title')} lead={text('support.signIn.enrol.lead')} isAnswer>
      {begun === undefined ? (
        <p role="status" className="text-ink-soft">
          {text('support.signIn.enrol.loading')}
        </p>
      ) : 'error' in begun ? (
        <>
          <ErrorNotice error={begun.error} />
          <Button onClick={() => begin()}>{text('support.signIn.enrol.again')}</Button>
        </>
      ) : (
        <>
          <AuthenticatorSecret {...begun} />
          <CodeForm hasFocus={false} onNext={onNext} onBegin={onBegin} />
        </>
      )}
    </AccountCard>
  );
}
