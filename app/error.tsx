'use client';

import { FailedPage } from '@/components/shell/later-failed-page';

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main id="content" className="grid min-h-[70dvh] place-items-center">
      <FailedPage what="failure.page" error={error} retry={retry} />
    </main>
  );
}
