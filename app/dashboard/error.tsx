'use client';

import { useParams } from 'next/navigation';
import { FailedPage } from '@/components/shell/later-failed-page';

/** One for all pages of the dashboard: a second file would be a second script in each of them. */
export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  const isDoor = useParams().lockId !== undefined;
  return <FailedPage what={isDoor ? 'failure.door' : 'doors.failed'} error={error} retry={retry} />;
}
