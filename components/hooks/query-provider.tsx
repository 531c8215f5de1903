'use client';

import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiError } from './call';

/** Signed out on another tab or by an owner: the page starts over at the sign-in, and comes back here. */
function leaveForSignIn(signInPath: string): void {
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`${signInPath}?callbackUrl=${encodeURIComponent(here)}`);
}

function makeClient(signInPath: string): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { meta }) => {
        const isSignedOut = error instanceof ApiError && error.status === 401;
        // What stands beside every page does not take a page away that says why nobody is signed in any more.
        if (isSignedOut && meta?.isBeside !== true) leaveForSignIn(signInPath);
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
export function QueryProvider({
  signInPath = '/sign-in',
  children,
}: {
  /** Where whoever is signed out meanwhile goes. */
  signInPath?: string;
  children: ReactNode;
}) {
  const [client] = useState(() => makeClient(signInPath));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
