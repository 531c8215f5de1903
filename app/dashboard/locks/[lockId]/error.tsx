'use client';

import { FailedPage } from '@/components/shell/failed-page';

export default function DoorError({ error, retry }: { error: unknown; retry: () => void }) {
  return <FailedPage what="failure.door" error={error} retry={retry} />;
}
