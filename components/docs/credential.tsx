'use client';

import { createContext, type ReactNode, useContext, useId, useMemo, useState } from 'react';
import { Field } from '../ui/field';

type Scheme = 'cookie' | 'ModeCloud' | 'Bearer' | 'X-API-Key' | 'none';

const schemes: Record<Scheme, string> = {
  cookie: 'The session of this browser',
  ModeCloud: 'ModeCloud token',
  Bearer: 'Bearer JWT',
  'X-API-Key': 'API key of an organisation',
  none: 'No credential',
};

const Held = createContext<{ headers: Record<string, string> }>({ headers: {} });

/** The credential that "try it" presents; it stays in this page's memory and is gone with it. */
export const useCredential = () => useContext(Held);

/** Asks for the credential once for all calls of the page. */
export function CredentialProvider({ children }: { children: ReactNode }) {
  const id = useId();
  const [scheme, setScheme] = useState<Scheme>('cookie');
  const [secret, setSecret] = useState('');
  const held = useMemo(() => {
    if (scheme === 'X-API-Key') return { headers: { 'X-API-Key': secret } };
    if (scheme === 'ModeCloud' || scheme === 'Bearer')
      return { headers: { Authorization: `${scheme} ${secret}` } };
    // An empty scheme is no credential at all and keeps the browser's own out of the call.
    return { headers: scheme === 'none' ? { Authorization: 'None' } : ({} as Record<string, string>) };
  }, [scheme, secret]);
  const needsSecret = scheme === 'ModeCloud' || scheme === 'Bearer' || scheme === 'X-API-Key';
  return (
    <Held.Provider value={held}>
      <div className="grid gap-3 rounded-2xl border border-line bg-surface p-4 sm:grid-cols-2">
        <div className="flex flex-col gap-1.5">
          <label htmlFor={id} className="text-[0.9375rem] font-medium">
            Calls on this page are made with
          </label>
          <select
            id={id}
            value={scheme}
            onChange={(event) => setScheme(event.target.value as Scheme)}
            className="h-12 rounded-xl border border-line-strong bg-surface px-3 text-base text-ink"
          >
            {Object.entries(schemes).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        {needsSecret ? (
          <Field
            label={schemes[scheme]}
            type="password"
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        ) : (
          <p className="self-end text-sm text-ink-soft">
            {scheme === 'cookie'
              ? 'Sign in on this site first; writes count because the page is ours.'
              : 'As a stranger would call.'}
          </p>
        )}
      </div>
      {children}
    </Held.Provider>
  );
}
