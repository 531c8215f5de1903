'use client';

import { lazy, Suspense } from 'react';
import { patiently } from '../ui/patiently';
import type { ActivityProps } from './activity-list';

const ActivityList = lazy(() =>
  patiently(async () => ({ default: (await import('./activity-list')).ActivityList })),
);

/**
 * The activity of a door, in the page from the first paint. Its script comes after the one of the button: nobody waits
 * for the list at a door.
 */
export function Activity(props: ActivityProps) {
  return (
    <Suspense>
      <ActivityList {...props} />
    </Suspense>
  );
}
