'use client';

import { useText } from '../messages/provider';
import { QrCode } from '../ui/qr-code';

/** What an authenticator app is given: a picture to scan, and the key to type. */
export function AuthenticatorSecret({ uri, secret }: { uri: string; secret: string }) {
  const text = useText();
  return (
    <>
      <QrCode value={uri} alt={text('support.signIn.enrol.qr')} />
      <div className="flex flex-col gap-1.5">
        <p className="text-[0.9375rem] font-medium">{text('support.signIn.enrol.key')}</p>
        <p className="rounded-xl bg-sunken px-3.5 py-3">
          <code className="font-mono text-base select-all">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
        </p>
      </div>
    </>
  );
}
