'use client';

import { useCallback, useEffect, useState } from 'react';
import { AccountCard } from '../account/account-card';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { QrCode } from '../ui/qr-code';
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
          <QrCode value={begun.uri} alt={text('support.signIn.enrol.qr')} />
          <div className="flex flex-col gap-1.5">
            <p className="text-[0.9375rem] font-medium">{text('support.signIn.enrol.key')}</p>
            <p className="rounded-xl bg-sunken px-3.5 py-3">
              <code className="font-mono text-base select-all">
                {begun.secret.replace(/(.{4})(?=.)/g, '$1 ')}
              </code>
            </p>
          </div>
          <CodeForm hasFocus={false} onNext={onNext} onBegin={onBegin} />
        </>
      )}
    </AccountCard>
  );
}
