'use client';

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { Select } from '../ui/select';

const schemes = ['cookie', 'ModeCloud', 'Bearer', 'X-API-Key', 'none'] as const;
type Scheme = (typeof schemes)[number];

const Held = createContext<{ headers: Record<string, string> }>({ headers: {} });

/** The credential that "try it" presents; it stays in this page's memory and is gone with it. */
export const useCredential = () => useContext(Held);

/** Asks for the credential once for all calls of the page. */
export function CredentialProvider({ children }: { children: ReactNode }) {
  const text = useText();
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
        <Select
          label={text('docs.with')}
          value={scheme}
          onChange={(event) => setScheme(event.target.value as Scheme)}
        >
          {schemes.map((value) => (
            <option key={value} value={value}>
              {text(`docs.with.${value}`)}
            </option>
          ))}
        </Select>
        {needsSecret ? (
          <Field
            label={text(`docs.with.${scheme}`)}
            type="password"
            autoComplete="off"
            value={secret}
            onChange={(event) => setSecret(event.target.value)}
          />
        ) : (
          <p className="self-end text-sm text-ink-soft">
            {text(scheme === 'cookie' ? 'docs.with.cookieHint' : 'docs.with.noneHint')}
          </p>
        )}
      </div>
      {children}
    </Held.Provider>
  );
}
