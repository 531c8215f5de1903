'use client';

import { useParams } from 'next/navigation';
// Not loaded on its own: what says that something could not be loaded must not need loading.
import { FailedPage } from '@/components/shell/failed-page';

/** One for all pages of the dashboard: a second file would be a second script in each of them. */
export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  const isDoor = useParams().lockId !== undefined;
  return <FailedPage what={isDoor ? 'failure.door' : 'doors.failed'} error={error} retry={retry} />;
}
