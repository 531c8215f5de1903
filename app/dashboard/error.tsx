'use client';

import { FailedPage } from '@/components/shell/failed-page';

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  return <FailedPage what="doors.failed" error={error} retry={retry} />;
}
