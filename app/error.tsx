'use client';

// Not loaded on its own: what says that something could not be loaded must not need loading.
import { FailedPage } from '@/components/shell/failed-page';

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="grid min-h-[70dvh] place-items-center">
      <FailedPage what="failure.page" error={error} retry={retry} />
    </main>
  );
}
