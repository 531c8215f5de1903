'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from './call';

interface SignedOut {
  /** Where one signs in, and from where one comes back here. */
  signInPath?: string | undefined;
  /** Where one goes instead, and does not come back from. */
  leavePath?: string | undefined;
}

/** Signed out on another tab or by an owner: the page starts over somewhere else. */
function leave({ signInPath = '/sign-in', leavePath }: SignedOut): void {
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(leavePath ?? `${signInPath}?callbackUrl=${encodeURIComponent(here)}`);
}

function makeClient(signedOut: SignedOut): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { meta }) => {
        const isSignedOut = error instanceof ApiError && error.status === 401;
        // What stands beside every page does not take a page away that says why nobody is signed in any more.
        if (isSignedOut && meta?.isBeside !== true) leave(signedOut);
      },
    }),
    defaultOptions: {
      queries: {
        // The page arrives with data and is kept fresh by the live connection; this bounds what a focus refetches.
        staleTime: 5_000,
        retry: (failures, error) =>
          failures < 3 && error instanceof ApiError && (error.isLost || error.status >= 500),
      },
    },
  });
}

/** Gives the pages below one cache of what they know of doors. */
export function QueryProvider({ children, ...signedOut }: SignedOut & { children: ReactNode }) {
  const [client] = useState(() => makeClient(signedOut));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
