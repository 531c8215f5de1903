'use client';

import { later } from '@/components/ui/later';

// Every page carries this boundary, and few ever need what it shows.
const FailedPage = later(async () => (await import('@/components/shell/failed-page')).FailedPage);

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="grid min-h-[70dvh] place-items-center">
      <FailedPage what="failure.page" error={error} retry={retry} />
    </main>
  );
}
