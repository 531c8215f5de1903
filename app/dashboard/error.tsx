'use client';

import { useParams } from 'next/navigation';
import { useText } from '@/components/messages/provider';
import { later } from '@/components/ui/later';

/** In few words, since what says that something could not be loaded may not load itself. */
function Failed() {
  return <p role="alert">{useText()('failure.page.title')}</p>;
}

// Few pages ever need what it shows.
const FailedPage = later(async () => (await import('@/components/shell/failed-page')).FailedPage, Failed);

/** One for all pages of the dashboard: a second file would be a second script in each of them. */
export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  const isDoor = useParams().lockId !== undefined;
  return <FailedPage what={isDoor ? 'failure.door' : 'doors.failed'} error={error} retry={retry} />;
}
