'use client';

import { type PublicKeyCredentialRequestOptionsJSON, startAuthentication } from '@simplewebauthn/browser';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Notice } from '../ui/notice';
import type { StepProps } from './code-form';

type Failed = { why: 'cancelled' | 'wrong' | 'limited' } | { error: unknown };

/** Ends the sign-in by a passkey of the account. */
export function PasskeyFactor({ onNext, onBegin }: Pick<StepProps, 'onNext' | 'onBegin'>) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<Failed>();
  const prove = async () => {
    setIsBusy(true);
    setFailed(undefined);
    try {
      const { options } = await api('staff.startPasskeyFactor', {});
      // Made by the library's other half, which types it so.
      const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
      const { id, rawId, type, response } = await startAuthentication({ optionsJSON });
      onNext(await api('staff.provePasskey', { body: { credential: { id, rawId, type, response } } }));
    } catch (error) {
      if (!(error instanceof ApiError)) setFailed({ why: 'cancelled' });
      else if (error.status === 401) onBegin('late');
      else if (error.status === 429) setFailed({ why: 'limited' });
      else setFailed(error.reason === 'INVALID_PASSKEY' ? { why: 'wrong' } : { error });
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-4">
      {failed === undefined ? null : 'error' in failed ? (
        <ErrorNotice error={failed.error} />
      ) : (
        <Notice tone="notice" role="alert">
          {text(`support.signIn.passkey.${failed.why}`)}
        </Notice>
      )}
      <Button disabled={!isHydrated || isBusy} onClick={() => void prove()} className="min-h-12">
        <Fingerprint aria-hidden className="size-5" />
        {text(isBusy ? 'support.signIn.passkey.waiting' : 'support.signIn.passkey')}
      </Button>
      <p className="text-center text-sm text-ink-soft">{text('support.signIn.passkey.or')}</p>
    </div>
  );
}
