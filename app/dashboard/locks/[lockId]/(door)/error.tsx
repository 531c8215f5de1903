'use client';

import { later } from '@/components/ui/later';

// Every door carries this boundary, and few ever need what it shows.
export default later(async () => (await import('@/components/lock/activity-failed')).ActivityFailed);
