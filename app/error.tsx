'use client';

import { lazy, Suspense } from 'react';
import { patiently } from '@/components/ui/patiently';

// Every page carries this boundary, and few ever need what it shows.
const FailedPage = lazy(() =>
  patiently(async () => ({ default: (await import('@/components/shell/failed-page')).FailedPage })),
);

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="grid min-h-[70dvh] place-items-center">
      <Suspense>
        <FailedPage what="failure.page" error={error} retry={retry} />
      </Suspense>
    </main>
  );
}
