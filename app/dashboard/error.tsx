'use client';

import { useParams } from 'next/navigation';
import { later } from '@/components/ui/later';

// Few pages ever need what it shows.
const FailedPage = later(async () => (await import('@/components/shell/failed-page')).FailedPage);

/** One for all pages of the dashboard: a second file would be a second script in each of them. */
export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  const isDoor = useParams().lockId !== undefined;
  return <FailedPage what={isDoor ? 'failure.door' : 'doors.failed'} error={error} retry={retry} />;
}
