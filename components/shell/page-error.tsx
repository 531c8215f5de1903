'use client';

import { lazy, Suspense } from 'react';
import { patiently } from '../ui/patiently';

// Every page around it carries this boundary, and few ever need what it shows.
const FailedPage = lazy(() =>
  patiently(async () => ({ default: (await import('./failed-page')).FailedPage })),
);

/** Stands in place of a page that failed, where the layout around it has no room of its own for it. */
export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="grid min-h-[70dvh] place-items-center">
      <Suspense>
        <FailedPage what="failure.page" error={error} retry={retry} />
      </Suspense>
    </main>
  );
}
