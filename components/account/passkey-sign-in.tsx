'use client';

import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import type { PasskeySignInFailure } from './sign-in-by-passkey';

/** The other way to sign in: the browser offers the passkeys it has, and no address is typed. Needs the texts of `account`. */
export function PasskeySignIn({ returnPath }: { returnPath: string }) {
  const text = useText();
  const isHydrated = useIsHydrated();
  const [failure, setFailure] = useState<PasskeySignInFailure>();
  const [isBusy, setIsBusy] = useState(false);

  const start = async () => {
    setIsBusy(true);
    setFailure(undefined);
    const refused = await import('./sign-in-by-passkey')
      .then(({ signInByPasskey }) => signInByPasskey())
      .catch(() => 'unavailable' as const);
    if (refused === undefined) return window.location.assign(returnPath);
    setIsBusy(false);
    setFailure(refused);
  };

  return (
    <div className="flex flex-col gap-4">
      <div aria-hidden className="flex items-center gap-3 text-sm text-ink-soft">
        <span className="h-px flex-1 bg-line" />
        {text('passkeys.signIn.or')}
        <span className="h-px flex-1 bg-line" />
      </div>
      <Button disabled={!isHydrated || isBusy} className="min-h-12" onClick={() => void start()}>
        <Fingerprint aria-hidden className="size-5" />
        {text(isBusy ? 'passkeys.signIn.waiting' : 'passkeys.signIn')}
      </Button>
      {failure === undefined ? null : (
        <Notice tone="notice" role="alert" title={text('passkeys.signIn.failed')}>
          {text(`passkeys.signIn.${failure}`)}
        </Notice>
      )}
    </div>
  );
}
