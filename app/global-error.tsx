'use client';

import './globals.css';
import { lazy, Suspense } from 'react';
import { patiently } from '@/components/ui/patiently';

// Every page carries this boundary, and few ever need what it shows.
const CrashPage = lazy(() =>
  patiently(async () => ({ default: (await import('@/components/shell/crash-page')).CrashPage })),
);

/** The page of last resort: also for what fails outside the pages that have a boundary of their own. */
export default function GlobalError(failed: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <Suspense>
          <CrashPage {...failed} />
        </Suspense>
      </body>
    </html>
  );
}
